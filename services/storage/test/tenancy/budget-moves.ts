import type { BudgetServiceDefinition } from '@exempla/contracts/storage/v1/budget_service';
import type { Moves } from './moves.ts';

/** The few reservations that both tenants know. */
export const budgetMoves: Moves<typeof BudgetServiceDefinition> = {
  reserve: {
    request: (by) => ({
      reservation: by.uuid(),
      maxMicros: BigInt(by.below(5)),
      lifetime: { seconds: 600n, nanos: 0 },
    }),
  },
  settle: {
    request: (by) => ({
      reservation: by.uuid(),
      usage: [{ model: by.word('model'), answers: 1n, costMicros: BigInt(by.below(3)) }],
    }),
  },
  getBudget: { request: () => ({}) },
  setBudget: {
    request: (by) => ({
      tenant: by.chance(0.2) ? by.other.tenant : '',
      limitMicros: by.chance(0.5) ? BigInt(by.below(20)) : undefined,
    }),
  },
  listUsage: { request: (by) => ({ pageSize: by.below(3), pageToken: by.token('listUsage') }) },
};
