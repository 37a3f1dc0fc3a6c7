import type { Beat } from '../engine/beat.ts';
import type { MoralKind } from '../brief.ts';

/** A moral as things that happen: the moment when it is put to the test, and the picture it leaves at the end. */
export interface MoralMaterial {
  readonly kind: MoralKind;
  /** The test comes when the first try has failed, and what is done then opens the way to the help. */
  readonly tests: readonly Beat[];
  /** Last paragraphs. They show, and do not say. */
  readonly pictures: readonly Beat[];
  /** What the hero does in the test, after "and": for the summary. */
  readonly deed: string;
  /** Stems by which somebody's own moral is known to be of this kind. */
  readonly stems: RegExp;
}
