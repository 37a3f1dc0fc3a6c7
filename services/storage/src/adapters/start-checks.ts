import type { Logger } from '@exempla/telemetry';
import { connectWhenUp } from './database-wait.ts';
import { checkConnectionBudget } from './connection-budget.ts';
import { assertHarmlessRole } from './role-check.ts';
import { assertRowSecurity } from './row-security-check.ts';

export interface StartChecks {
  /** URL the pool will use. */
  readonly url: string;
  readonly poolMaxSize: number;
  readonly waitMs: number;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/** What must be so before the first call, whoever migrated. Asked as the role of the service: it is what counts. */
export async function assertSafeToStart({ url, poolMaxSize, waitMs, log }: StartChecks): Promise<void> {
  const client = await connectWhenUp(url, { waitMs, log });
  try {
    await assertHarmlessRole(client, client.user ?? '');
    await assertRowSecurity(client);
    await checkConnectionBudget(client, poolMaxSize, log);
  } finally {
    await client.end();
  }
}
