/** The time a call has. */
export interface CallTime {
  /** Aborts when the caller is gone or the deadline has passed. */
  signal: AbortSignal;
  remainingMs(): number;
}

/** The part of a call's time that a step may use. */
export interface StepTime {
  signal: AbortSignal;
  /** At most this long. */
  budgetMs: number;
}

/** An optional part that is missing. */
export interface DegradedPart {
  step: string;
  reason: string;
  message: string;
}

/** How long a part took, in milliseconds from the start of the call. */
export interface PartTiming {
  step: string;
  startMs: number;
  durationMs: number;
}

/** Says what a failed part tells the caller: nothing of the inside, enough to act on. */
export type FailureReader = (error: unknown) => Pick<DegradedPart, 'reason' | 'message'>;
