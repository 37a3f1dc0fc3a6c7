import { status, StatusError } from '@exempla/rpc';

/** Namespace of the reasons below. */
export const BUDGET_DOMAIN = 'budget.exempla';

const CODES = {
  /** The tenant's limit would be passed. metadata: limit_micros, spent_micros, reserved_micros, max_micros, reset_time. */
  BUDGET_EXHAUSTED: status.RESOURCE_EXHAUSTED,
  /** Nobody could say whether it may be spent, so it is not. */
  BUDGET_UNAVAILABLE: status.UNAVAILABLE,
} as const;
export type BudgetReason = keyof typeof CODES;

/** Why nothing may be spent. The message is written for the caller. */
export class BudgetError extends StatusError {
  declare readonly reason: BudgetReason;

  constructor(
    reason: BudgetReason,
    message: string,
    options: Omit<NonNullable<ConstructorParameters<typeof StatusError>[3]>, 'domain'> = {},
  ) {
    super(CODES[reason], reason, message, { ...options, domain: BUDGET_DOMAIN });
    this.name = 'BudgetError';
  }
}
