import type { Budget, DayUsage, ReserveOutcome } from '../budgets/index.ts';

/** Numbers of 64 bits come as text. */
export interface BudgetRow {
  readonly own_limit_micros: string | null;
  readonly spent_micros: string;
  readonly reserved_micros: string;
  readonly lost_micros: string;
  readonly expired_micros: string;
  readonly start_time: Date;
  readonly reset_time: Date;
  /** What is spent and lost is of a period before. */
  readonly is_over: boolean;
}

export interface ReserveRow {
  readonly outcome: 'reserved' | 'exhausted' | 'over';
  readonly limit_micros: string | null;
  readonly spent_micros: string;
  readonly reserved_micros: string;
  readonly reset_time: Date;
  readonly now: Date;
}

export interface UsageRow {
  readonly day: string;
  readonly model: string;
  readonly answers: string;
  readonly input_tokens: string;
  readonly output_tokens: string;
  readonly characters: string;
  readonly cost_micros: string;
  readonly estimated: boolean;
}

export const toBudget = (row: BudgetRow, defaultLimitMicros: bigint | undefined): Budget => ({
  limitMicros: row.own_limit_micros === null ? defaultLimitMicros : BigInt(row.own_limit_micros),
  ownLimit: row.own_limit_micros !== null,
  spentMicros: row.is_over ? 0n : BigInt(row.spent_micros),
  reservedMicros: BigInt(row.reserved_micros),
  lostMicros: (row.is_over ? 0n : BigInt(row.lost_micros)) + BigInt(row.expired_micros),
  startTime: row.start_time,
  resetTime: row.reset_time,
});

export function toOutcome(row: ReserveRow): ReserveOutcome {
  if (row.outcome !== 'exhausted') return { type: row.outcome };
  return {
    type: 'exhausted',
    limitMicros: BigInt(row.limit_micros ?? 0),
    spentMicros: BigInt(row.spent_micros),
    reservedMicros: BigInt(row.reserved_micros),
    resetTime: row.reset_time,
    now: row.now,
  };
}

export const toDayUsage = (row: UsageRow): DayUsage => ({
  day: row.day,
  model: row.model,
  answers: BigInt(row.answers),
  inputTokens: BigInt(row.input_tokens),
  outputTokens: BigInt(row.output_tokens),
  characters: BigInt(row.characters),
  costMicros: BigInt(row.cost_micros),
  estimated: row.estimated,
});
