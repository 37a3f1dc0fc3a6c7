import type { Budget, Call } from './budget.ts';
import { budgetOfAnother } from './budget-error.ts';
import type { BudgetStore } from './budget-store.ts';

/** `tenant` empty is the caller's own. Who belongs to no tenant may set the budget of any. */
export async function setBudget(
  store: BudgetStore,
  call: Call,
  { tenant, limitMicros }: { readonly tenant: string; readonly limitMicros: bigint | undefined },
): Promise<Budget> {
  const whose = tenant || call.tenant;
  if (whose === '' || (call.tenant !== '' && call.tenant !== whose)) throw budgetOfAnother(whose);
  const theirs = { tenant: whose, signal: call.signal, deadline: call.deadline };
  await store.setLimit(theirs, limitMicros);
  return store.get(theirs);
}
