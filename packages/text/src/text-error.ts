import { status, StatusError } from '@exempla/rpc';

type Options = Omit<NonNullable<ConstructorParameters<typeof StatusError>[3]>, 'domain'>;

/** Namespace of the reasons below. */
export const TEXT_DOMAIN = 'text.exempla';

/** Every situation a caller is told of, and its status. */
export const TEXT_REASONS = {
  /** The upstream does not accept the key, or not for this. */
  TEXT_KEY_REFUSED: status.FAILED_PRECONDITION,
  /** The account has no credit left. */
  TEXT_CREDIT_EXHAUSTED: status.RESOURCE_EXHAUSTED,
  /** None of the models asked for is configured, or the upstream does not have it. */
  TEXT_MODEL_UNKNOWN: status.FAILED_PRECONDITION,
  /** The upstream finds the request wrong: too long for the model, or with a parameter it does not take. */
  TEXT_REQUEST_REJECTED: status.FAILED_PRECONDITION,
  TEXT_RATE_LIMITED: status.RESOURCE_EXHAUSTED,
  /** A status of the 500s, or a broken connection. */
  TEXT_UPSTREAM_FAILED: status.UNAVAILABLE,
  /** All models failed too often of late, or asked for it, and are left alone for a while; none was asked. */
  TEXT_UPSTREAM_SKIPPED: status.UNAVAILABLE,
  /** No answer in the time of an attempt or of the step; the call itself has time left. */
  TEXT_TIMEOUT: status.DEADLINE_EXCEEDED,
  /** The answer broke off, or was cut at the limit of tokens where it had to be complete. */
  TEXT_ANSWER_INCOMPLETE: status.UNAVAILABLE,
  TEXT_ANSWER_EMPTY: status.UNAVAILABLE,
  /** No JSON, another content type, or not the shape of an answer. */
  TEXT_ANSWER_MALFORMED: status.UNAVAILABLE,
  TEXT_ANSWER_TOO_LARGE: status.UNAVAILABLE,
  /** An object was asked for, and what came does not fit the schema. */
  TEXT_SCHEMA_VIOLATED: status.UNAVAILABLE,
  /** The model, or a filter behind it, will not answer this. */
  TEXT_REFUSED: status.FAILED_PRECONDITION,
  /** Used after it was disposed of. */
  TEXT_CLOSED: status.UNAVAILABLE,
} as const satisfies Record<string, status>;
export type TextReason = keyof typeof TEXT_REASONS;

/** What went wrong with a text. What an upstream said of it stays in the cause: it may name accounts and parts of keys. */
export class TextError extends StatusError {
  declare readonly reason: TextReason;

  constructor(reason: TextReason, message: string, options: Options = {}) {
    // Models are asked again here, within one deadline; whoever called would only multiply that.
    const isFinal = reason !== 'TEXT_CLOSED';
    super(TEXT_REASONS[reason], reason, message, { isFinal, ...options, domain: TEXT_DOMAIN });
    this.name = 'TextError';
  }
}
