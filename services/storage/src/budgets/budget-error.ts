import type { Reservation } from './budget.ts';
import type { ReserveOutcome } from './budget-store.ts';

export type BudgetErrorReason = 'BUDGET_EXHAUSTED' | 'RESERVATION_OVER' | 'BUDGET_OF_ANOTHER';

/** A call about a budget that cannot be served. The message is written for the caller. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError';
  readonly reason: BudgetErrorReason;
  readonly metadata: Record<string, string>;
  readonly retryAfterMs: number | undefined;

  constructor(reason: BudgetErrorReason, message: string, metadata: Record<string, string>, retryAfterMs?: number) {
    super(message);
    this.reason = reason;
    this.metadata = metadata;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Calls under way are over soon, and give back what they do not need. */
const UNDER_WAY_RETRY_MS = 1_000;
/** A limit may be raised before the period is over. */
const MAX_RETRY_MS = 3_600_000;

type Exhausted = Extract<ReserveOutcome, { type: 'exhausted' }>;

export function budgetExhausted({ maxMicros }: Reservation, budget: Exhausted): BudgetError {
  const { limitMicros, spentMicros, reservedMicros, resetTime, now } = budget;
  const untilReset = Math.min(MAX_RETRY_MS, resetTime.getTime() - now.getTime());
  return new BudgetError(
    'BUDGET_EXHAUSTED',
    `the budget of ${inUnits(limitMicros)} has no room for up to ${inUnits(maxMicros)} more: ${inUnits(spentMicros)} is spent ` +
      `and ${inUnits(reservedMicros)} set aside for calls under way; it begins anew at ${resetTime.toISOString()}`,
    {
      limit_micros: String(limitMicros),
      spent_micros: String(spentMicros),
      reserved_micros: String(reservedMicros),
      max_micros: String(maxMicros),
      reset_time: resetTime.toISOString(),
    },
    spentMicros + maxMicros <= limitMicros ? UNDER_WAY_RETRY_MS : untilReset,
  );
}

const MICROS = 1_000_000n;

/** All six places: 50_000n is 0.050000. */
const inUnits = (micros: bigint): string => `${micros / MICROS}.${String(micros % MICROS).padStart(6, '0')}`;

export const reservationOver = (id: string): BudgetError =>
  new BudgetError('RESERVATION_OVER', `the reservation ${id} was settled or has expired; make a new one`, {
    reservation: id,
  });

export const budgetOfAnother = (tenant: string): BudgetError =>
  new BudgetError(
    'BUDGET_OF_ANOTHER',
    `the budget of ${tenant} is set by an administrator of ${tenant} or of no tenant`,
    {
      tenant,
    },
  );
