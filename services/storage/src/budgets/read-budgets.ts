import {
  openPageToken,
  type Page,
  type PageInput,
  pageSizeOf,
  sealPageToken,
  toPage,
  type TokenScope,
} from '../paging/index.ts';
import type { Budget, Call, DayUsage } from './budget.ts';
import type { BudgetStore } from './budget-store.ts';

export const getBudget = (store: BudgetStore, call: Call): Promise<Budget> => store.get(call);

export async function listUsage(store: BudgetStore, call: Call, input: PageInput): Promise<Page<DayUsage>> {
  const scope: TokenScope = ['usage', call.tenant];
  const key = await store.pageTokenKey(call);
  const slice = await store.listUsage(call, {
    after: input.pageToken === '' ? undefined : positionOf(openPageToken(key, scope, input.pageToken)),
    limit: pageSizeOf(input.pageSize),
  });
  return toPage(slice, ({ day, model }) => sealPageToken(key, scope, `${day} ${model}`));
}

const DAY_CHARACTERS = 'YYYY-MM-DD'.length;

const positionOf = (token: string): { day: string; model: string } => ({
  day: token.slice(0, DAY_CHARACTERS),
  model: token.slice(DAY_CHARACTERS + 1),
});
