import {
  Budget,
  BudgetServiceDefinition,
  ListUsageResponse,
  Usage,
} from '@exempla/contracts/storage/v1/budget_service';
import type { Command } from 'commander';
import { budgetView, usageTable } from '../terminal/budget-view.ts';
import { MARGIN } from '../terminal/columns.ts';
import type { Choose } from './invocation.ts';
import { type PageOptions, pageOf, tellOfNextPage, withPages } from './pages.ts';
import type { Session } from './session.ts';
import { limit } from './values.ts';

export function addUsage(program: Command, choose: Choose): void {
  const usage = withPages(program.command('usage'))
    .description('what models and voices cost, and the budget for it')
    .action((options: PageOptions) => choose({ run: (session) => showUsage(options, session) }));
  usage
    .command('limit')
    .description('set what may be spent in a period, as an administrator')
    .argument('<amount>', 'such as 5 or 0.25; none restores the default of storage', limit)
    .option('--of <tenant>', 'for this tenant, as an administrator without one')
    .action((amount: bigint | 'none', { of = '' }: { of?: string }) =>
      choose({ run: (session) => setLimit(amount, of, session) }),
    );
}

const clientOf = ({ peers }: Session) => peers.client('storage', BudgetServiceDefinition);

async function showUsage(options: PageOptions, session: Session): Promise<void> {
  const client = await clientOf(session);
  const [budget, page] = await Promise.all([
    client.getBudget({}, session.peers.call()),
    client.listUsage(pageOf(options), session.peers.call()),
  ]);
  session.document(() => ({ budget: Budget.toJSON(budget), ...(ListUsageResponse.toJSON(page) as object) }));
  session.message(() => ({ budget: Budget.toJSON(budget) }));
  for (const used of page.usage) session.message(() => Usage.toJSON(used));
  const { width, style } = session.around;
  const used = page.usage.length === 0 ? [`${MARGIN}Nothing was used yet.`] : usageTable(page.usage, { width, style });
  session.text([...budgetView(budget, style), '', ...used]);
  tellOfNextPage(page.nextPageToken, session);
}

async function setLimit(amount: bigint | 'none', tenant: string, session: Session): Promise<void> {
  const client = await clientOf(session);
  const limitMicros = amount === 'none' ? undefined : amount;
  const budget = await client.setBudget({ tenant, limitMicros }, session.peers.call());
  session.answer(
    () => Budget.toJSON(budget),
    (_, style) => budgetView(budget, style),
  );
}
