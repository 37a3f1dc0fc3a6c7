/** Whose call it is, and when it ends. */
export interface Call {
  readonly tenant: string;
  readonly signal: AbortSignal;
  readonly deadline: { remainingMs(): number };
}

/** How long a limit holds before spending begins at 0 again; in UTC. */
export type Period = 'month' | 'day';

/** Money is whole millionths of the unit that prices are in. */
export interface Budget {
  /** Undefined: no limit. */
  readonly limitMicros: bigint | undefined;
  /** Set for this tenant; else the limit is the one of the service. */
  readonly ownLimit: boolean;
  readonly spentMicros: bigint;
  readonly reservedMicros: bigint;
  /** Reserved in this period by callers that never said what they used. */
  readonly lostMicros: bigint;
  readonly startTime: Date;
  readonly resetTime: Date;
}

export interface Reservation {
  /** Chosen by the caller. */
  readonly id: string;
  readonly maxMicros: bigint;
  readonly lifetimeMs: number;
}

/** What was used of one model. */
export interface Usage {
  readonly model: string;
  readonly answers: bigint;
  readonly inputTokens: bigint;
  readonly outputTokens: bigint;
  readonly characters: bigint;
  readonly costMicros: bigint;
  readonly estimated: boolean;
}

/** What was used of one model in one day (UTC), `YYYY-MM-DD`. */
export interface DayUsage extends Usage {
  readonly day: string;
}
