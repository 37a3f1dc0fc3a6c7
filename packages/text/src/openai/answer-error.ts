export type AnswerFault = 'empty' | 'failed' | 'incomplete' | 'malformed' | 'refused' | 'schema';

/** An answer that came, and is of no use. */
export class AnswerError extends Error {
  readonly fault: AnswerFault;
  /** The error that stands in the answer, if one does. */
  readonly said: unknown;

  constructor(fault: AnswerFault, message: string, said?: unknown) {
    super(message);
    this.fault = fault;
    this.said = said;
  }
}
