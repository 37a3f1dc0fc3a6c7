import type { Generation } from './ports.ts';

/** A writer that did not deliver. Its cause is what the caller is told when nobody else does. */
export class WriterFault extends Error {
  readonly reason: string;
  /** `draft`: the same writer may do better the next time. `writer`: it cannot write now; another one may. */
  readonly of: 'draft' | 'writer';
  /** What was asked for, when it got as far as that. */
  readonly generation: Generation | undefined;

  constructor(
    of: WriterFault['of'],
    { reason, generation, cause }: Pick<WriterFault, 'reason' | 'generation' | 'cause'>,
  ) {
    super(`the writer did not write: ${reason}`, { cause });
    this.name = 'WriterFault';
    this.of = of;
    this.reason = reason;
    this.generation = generation;
  }
}
