import type { TokenCount } from '../usage.ts';

export type AnswerFault = 'empty' | 'failed' | 'incomplete' | 'malformed' | 'refused' | 'schema' | 'spent';

/** An answer that came, and is of no use. */
export class AnswerError extends Error {
  readonly fault: AnswerFault;
  /** The error that stands in the answer, if one does. */
  readonly said: unknown;
  /** Of no use, and paid for. */
  readonly used: TokenCount | undefined;

  constructor(
    fault: AnswerFault,
    message: string,
    { said, used }: { said?: unknown; used?: TokenCount | undefined } = {},
  ) {
    super(message);
    this.fault = fault;
    this.said = said;
    this.used = used;
  }
}
