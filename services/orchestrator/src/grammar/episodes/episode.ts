import type { Beat } from '../engine/beat.ts';
import type { Slots } from '../engine/template.ts';
import type { Obstacle } from '../topics/index.ts';

/** A small adventure by the wayside. */
export interface Episode {
  readonly id: string;
  /** Ages it is told to; all when there are none. */
  readonly from?: number;
  readonly until?: number;
  /** It happens when the day is old, or over. */
  readonly late?: 'dusk' | 'dark';
  /** Skeletons that it would contradict: no lamp is lit by the way when the story is about fetching the only flame. */
  readonly unfit?: readonly string[];
  readonly before: Beat;
  /** Somebody's interest or strength gets them past this; without it the episode finds its own way. */
  readonly obstacle?: Obstacle;
  readonly slots?: Slots;
  readonly after: Beat;
  /** What has become of it when they come by on the way home. */
  readonly later: Beat;
}

export const isToldTo = ({ from = 0, until = Infinity }: Episode, age: number): boolean => age >= from && age <= until;
