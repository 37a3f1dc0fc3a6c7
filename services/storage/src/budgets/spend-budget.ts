import type { Call, Reservation, Usage } from './budget.ts';
import { budgetExhausted, reservationOver } from './budget-error.ts';
import type { BudgetStore } from './budget-store.ts';

export async function reserveBudget(store: BudgetStore, call: Call, reservation: Reservation): Promise<void> {
  const outcome = await store.reserve(call, reservation);
  if (outcome.type === 'exhausted') throw budgetExhausted(reservation, outcome);
  if (outcome.type === 'over') throw reservationOver(reservation.id);
}

export const settleReservation = (
  store: BudgetStore,
  call: Call,
  { id, usage }: { readonly id: string; readonly usage: readonly Usage[] },
): Promise<void> => store.settle(call, id, usage);
