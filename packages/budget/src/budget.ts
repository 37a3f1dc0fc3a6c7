/** Who pays, and when the call ends; a `CallContext` of rpc is one. */
export interface PaidCall {
  readonly tenant: string;
  readonly signal: AbortSignal;
  readonly deadline: { remainingMs(): number };
}

/** Money is whole millionths of the unit that prices are in: micros. */
export interface Reservation {
  /** Same id, same reservation: asked for again with more, it is raised. */
  readonly id: string;
  readonly maxMicros: number;
  /** It comes back after this if nobody settles it. */
  readonly lifetimeMs: number;
}

/** What was used of one model or voice. */
export interface Usage {
  readonly model: string;
  /** Answers that were paid for, useful or not. */
  readonly answers: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** That were spoken. */
  readonly characters: number;
  readonly costMicros: number;
  /** Some of it was not told by the provider, but counted in characters. */
  readonly estimated: boolean;
}

/** What a tenant may spend. */
export interface Budget {
  /** Rejects with a `BudgetError`, or with the reason of the call's signal: then nothing may be spent. */
  reserve(reservation: Reservation, call: PaidCall): Promise<void>;
  /** Puts what was used in the place of the reservation, if there is one; counts once for each id. */
  settle(settlement: { readonly id: string; readonly usage: readonly Usage[] }, tenant: string): Promise<void>;
}
