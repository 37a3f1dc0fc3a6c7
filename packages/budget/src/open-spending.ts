import { BudgetServiceDefinition } from '@exempla/contracts/storage/v1/budget_service';
import { createClient, openChannel } from '@exempla/rpc';
import { Spending, type SpendingOptions } from './spending.ts';
import { StorageBudget } from './storage-budget.ts';

/** Spends from the budgets that the storage service at `target` keeps, over a channel of its own. */
export function openSpending(target: string, log: SpendingOptions['log']): Spending {
  const channel = openChannel(target, [BudgetServiceDefinition]);
  const budget = new StorageBudget(createClient(BudgetServiceDefinition, channel));
  return new Spending({ budget, log, onClosed: () => channel.close() });
}
