import type { Beat } from '../engine/beat.ts';
import type { Slots } from '../engine/template.ts';
import type { Obstacle } from '../topics/index.ts';

/** An arc. What stands in the way, the wrong try, the test of the moral and the help are put in between. */
export interface Skeleton {
  readonly id: string;
  readonly titles: readonly string[];
  /** One of these stands in the way. */
  readonly obstacles: readonly Obstacle[];
  /** Slots of the obstacle, named after slots of the setting: `{ who: 'guardian' }`. */
  readonly slots: Slots;
  /** What is left of it in a story of one minute. */
  readonly small: { readonly want: Beat; readonly outcome: Beat };
  readonly want: Beat;
  /** Said on a long way, so that nobody forgets what it is for. */
  readonly reminders: readonly string[];
  /** How it comes in sight where the usual way would not fit. */
  readonly arrival?: Beat;
  /** What is done with a thing that was lost, when there is more to do than to find it. */
  readonly found?: Beat;
  /** Where it was won. */
  readonly outcome: Beat;
  /** What comes of it at home; nothing when it ends where it was won. */
  readonly atHome?: Beat;
  /** Goes on after "… wants to", for the summary. */
  readonly wish: string;
}
