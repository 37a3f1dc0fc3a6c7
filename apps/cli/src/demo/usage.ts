import { setTimeout as sleep } from 'node:timers/promises';
import { BudgetServiceDefinition, type Usage } from '@exempla/contracts/storage/v1/budget_service';
import { createClient, openChannel } from '@exempla/rpc/client';

/** Usage is counted behind the answer. */
const TRIES = 5;
const PAUSE_MS = 100;

/** What was used of each model on data that is the demo's alone: what it cost. */
export async function usageOf(storage: string, signal: AbortSignal): Promise<readonly Usage[]> {
  const channel = openChannel(storage);
  try {
    const budgets = createClient(BudgetServiceDefinition, channel);
    for (let left = TRIES; ; left -= 1) {
      const { usage } = await budgets.listUsage({}, { signal });
      if (usage.length > 0 || left === 1) return usage;
      await sleep(PAUSE_MS, undefined, { signal });
    }
  } finally {
    channel.close();
  }
}
