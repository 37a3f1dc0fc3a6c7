export { Account, type Used } from './account.ts';
export type { Budget, PaidCall, Reservation, Usage } from './budget.ts';
export { BUDGET_DOMAIN, BudgetError, type BudgetReason } from './budget-error.ts';
export { openSpending } from './open-spending.ts';
export { Spending, type SpendingOptions } from './spending.ts';
export { StorageBudget } from './storage-budget.ts';
