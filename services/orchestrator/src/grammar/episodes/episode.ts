import type { Beat } from '../engine/beat.ts';
import type { Slots } from '../engine/template.ts';
import type { Obstacle } from '../topics/index.ts';

/** A small adventure by the wayside. */
export interface Episode {
  readonly id: string;
  /** Who remembers it, as in "… waved to them". */
  readonly friend: string;
  readonly before: Beat;
  /** Somebody's interest or strength gets them past this; without it the episode finds its own way. */
  readonly obstacle?: Obstacle;
  readonly slots?: Slots;
  readonly after: Beat;
}
