import { status } from '@grpc/grpc-js';

/** One field a request got wrong. */
export interface FieldViolation {
  /** Path in the request, such as `context.juridical[2]`. */
  field: string;
  /** What is wrong with it. */
  description: string;
  /** The rule it broke, such as `string.max_len`. */
  rule: string;
}

export interface StatusErrorOptions {
  /** Everything variable in the message, for programs. */
  metadata?: Record<string, string>;
  /** Namespace of the reason; the service's own when absent. */
  domain?: string;
  /** When a caller may try again; sent as RetryInfo. */
  retryAfterMs?: number;
  /** What could be tried was tried: no client repeats the call by itself, as it else does after UNAVAILABLE. */
  isFinal?: boolean;
  /** Sent as BadRequest. */
  violations?: readonly FieldViolation[];
  /** Stays on this side: only logged. */
  cause?: unknown;
}

/** An error that knows its gRPC status. Message, reason and metadata are shown to the caller; the cause is not. */
export class StatusError extends Error {
  readonly code: status;
  /** The situation in UPPER_SNAKE form. */
  readonly reason: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly domain: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly isFinal: boolean;
  readonly violations: readonly FieldViolation[];

  constructor(code: status, reason: string, message: string, options: StatusErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'StatusError';
    this.code = code;
    this.reason = reason;
    this.metadata = options.metadata ?? {};
    this.domain = options.domain;
    this.retryAfterMs = options.retryAfterMs;
    this.isFinal = options.isFinal ?? false;
    this.violations = options.violations ?? [];
  }
}

/** Namespace of the reasons below: situations of the transport, the same in every service. */
export const RPC_DOMAIN = 'rpc.exempla';

/** Reason of the end of a watch, which is no failure. */
export const WATCH_ENDED = 'WATCH_ENDED';

/** The caller went away. */
export const callerCancelled = (): StatusError =>
  new StatusError(status.CANCELLED, 'CALLER_CANCELLED', 'the caller cancelled the call', { domain: RPC_DOMAIN });

/** The deadline of a call passed. `method` is the call that ran out of time. */
export const deadlineExceeded = (method: string): StatusError =>
  new StatusError(status.DEADLINE_EXCEEDED, 'DEADLINE_EXCEEDED', `the deadline passed during ${method}`, {
    domain: RPC_DOMAIN,
    metadata: { method },
  });

/** The budget a step was given ran out, while the call itself has time left. */
export const budgetExceeded = (budgetMs: number): StatusError =>
  new StatusError(
    status.DEADLINE_EXCEEDED,
    'BUDGET_EXCEEDED',
    `the step did not finish in its ${Math.round(budgetMs)} ms`,
    {
      domain: RPC_DOMAIN,
      metadata: { budget_ms: String(Math.round(budgetMs)) },
    },
  );

/** The server is going away; another instance may answer. */
export const serverDraining = (): StatusError =>
  new StatusError(status.UNAVAILABLE, 'SERVER_DRAINING', 'the server is shutting down', {
    domain: RPC_DOMAIN,
    retryAfterMs: 1000,
  });

/** A watch has come to its end, as each does; who watches goes on with a new one. */
export const watchEnded = (): StatusError =>
  new StatusError(status.UNAVAILABLE, WATCH_ENDED, 'the watch ended; it can be resumed', {
    domain: RPC_DOMAIN,
    retryAfterMs: 100,
  });
