import type { Beat } from '../engine/beat.ts';

/**
 * What stands in the way, and the slot that names it: dark (no way to be seen to {goal}), shut ({door}), gap ({gap}),
 * sad (somebody must be won: {who}), broken ({thing}), lost ({thing}).
 */
export type Obstacle = 'dark' | 'shut' | 'gap' | 'sad' | 'broken' | 'lost';
export const OBSTACLES: readonly Obstacle[] = ['dark', 'shut', 'gap', 'sad', 'broken', 'lost'];

/** Something the hero loves or can do, and how it gets past each obstacle. */
export interface Topic {
  readonly id: string;
  /** Words a parent may type for it, singular. */
  readonly words: readonly string[];
  /** A thing that goes along in the pocket or in the head, without an article. */
  readonly token: string;
  /** Told at the beginning, so that nothing later falls from the sky. */
  readonly plant: Beat;
  readonly help: Readonly<Record<Obstacle, Beat>>;
}
