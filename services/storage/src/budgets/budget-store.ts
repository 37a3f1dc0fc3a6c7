import type { Slice } from '../paging/index.ts';
import type { Budget, Call, DayUsage, Reservation, Usage } from './budget.ts';

export type ReserveOutcome =
  | { readonly type: 'reserved' }
  /** It was settled, or has expired. */
  | { readonly type: 'over' }
  | {
      readonly type: 'exhausted';
      readonly limitMicros: bigint;
      readonly spentMicros: bigint;
      readonly reservedMicros: bigint;
      readonly resetTime: Date;
      /** By the clock that `resetTime` is of. */
      readonly now: Date;
    };

/** A place in a list of usage. */
export interface UsagePosition {
  readonly day: string;
  readonly model: string;
}

/** Budgets of tenants: each operation is one step that nobody sees half of. */
export interface BudgetStore {
  /** Never beyond the limit with all that is spent and reserved, however many ask at once. */
  reserve(call: Call, reservation: Reservation): Promise<ReserveOutcome>;
  /** Counts once for each id. */
  settle(call: Call, id: string, usage: readonly Usage[]): Promise<void>;
  get(call: Call): Promise<Budget>;
  /** Of the tenant of the call; undefined takes the limit of its own away. */
  setLimit(call: Call, limitMicros: bigint | undefined): Promise<void>;
  listUsage(
    call: Call,
    page: { readonly after: UsagePosition | undefined; readonly limit: number },
  ): Promise<Slice<DayUsage>>;
  pageTokenKey(call: Call): Promise<Uint8Array>;
}
