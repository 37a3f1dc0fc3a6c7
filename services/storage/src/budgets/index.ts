export * from './budget.ts';
export * from './budget-error.ts';
export * from './budget-store.ts';
export * from './read-budgets.ts';
export * from './set-budget.ts';
export * from './spend-budget.ts';
