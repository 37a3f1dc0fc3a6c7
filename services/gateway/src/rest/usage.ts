import { type Budget, BudgetServiceDefinition, type Usage } from '@exempla/contracts/storage/v1/budget_service';
import type { App } from '../http/app.ts';
import type { Peers } from './peers.ts';
import { UsagePage, UsageQuery } from './schemas/usage.ts';

export function usageRoutes(app: App, { budgets }: Pick<Peers, 'budgets'>): void {
  app.get(
    '/usage',
    {
      config: { rpc: BudgetServiceDefinition.methods.listUsage },
      schema: {
        operationId: 'getUsage',
        tags: ['usage'],
        summary: 'The budget as it is now, and what was used by day and model',
        querystring: UsageQuery,
        response: { 200: UsagePage },
      },
    },
    async ({ query: { page_size: pageSize = 0, page_token: pageToken = '' } }) => {
      const [budget, page] = await Promise.all([budgets.getBudget({}), budgets.listUsage({ pageSize, pageToken })]);
      return { budget: fromBudget(budget), usage: page.usage.map(fromUsage), next_page_token: page.nextPageToken };
    },
  );
}

/** Sums of money fit a number: limits are a thousand million at most. */
const fromBudget = (budget: Budget) => ({
  limit_micros: budget.limitMicros === undefined ? null : Number(budget.limitMicros),
  own_limit: budget.ownLimit,
  spent_micros: Number(budget.spentMicros),
  reserved_micros: Number(budget.reservedMicros),
  lost_micros: Number(budget.lostMicros),
  start_time: timeOf(budget.startTime),
  reset_time: timeOf(budget.resetTime),
});

const timeOf = (time: Date | undefined): string => time?.toISOString() ?? '';

const fromUsage = ({ day, model, estimated, ...counts }: Usage) => ({
  day,
  model,
  answers: Number(counts.answers),
  input_tokens: Number(counts.inputTokens),
  output_tokens: Number(counts.outputTokens),
  characters: Number(counts.characters),
  cost_micros: Number(counts.costMicros),
  estimated,
});
