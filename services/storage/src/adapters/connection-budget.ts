import type pg from 'pg';
import type { Logger } from '@exempla/telemetry';

/** What people, migrations and cancel requests need beside the pools. */
const SPARE_CONNECTIONS = 10;

interface BudgetRow {
  max_connections: number;
  reserved: number;
  others: number;
}

/** Of sessions of other roles a role sees that they are there, and not what they are: those count. */
const BUDGET = `
  select current_setting('max_connections')::int as max_connections,
    current_setting('superuser_reserved_connections')::int
      + coalesce(current_setting('reserved_connections', true), '0')::int as reserved,
    (select count(*)::int from pg_stat_activity
     where pid <> pg_backend_pid() and datid is not null and usesysid is not null
       and coalesce(backend_type, 'client backend') = 'client backend') as others`;

const ADVICE = 'lower DB_POOL_MAX_SIZE or raise max_connections';

/**
 * Throws when the server can never give the pool its maximum; warns when it could not now, for what others have open.
 * Those may go, so that is no reason not to start.
 */
export async function checkConnectionBudget(
  client: pg.ClientBase,
  poolMaxSize: number,
  log: Pick<Logger, 'warn'>,
): Promise<void> {
  const { rows } = await client.query<BudgetRow>(BUDGET);
  const [row] = rows;
  if (!row) throw new Error('the server did not report its connections');
  const { max_connections: maxConnections, reserved, others } = row;
  const usable = maxConnections - reserved;
  if (poolMaxSize > usable) {
    throw new Error(
      `DB_POOL_MAX_SIZE is ${poolMaxSize}, but the server takes at most ${usable} connections of us ` +
        `(max_connections ${maxConnections}, ${reserved} of them reserved): ${ADVICE}`,
    );
  }
  if (poolMaxSize + others > maxConnections - SPARE_CONNECTIONS) {
    log.warn(
      { poolMaxSize, others, maxConnections, spare: SPARE_CONNECTIONS },
      `connections may run out: DB_POOL_MAX_SIZE is ${poolMaxSize}, others have ${others} open, max_connections is ` +
        `${maxConnections} and ${SPARE_CONNECTIONS} shall stay free: ${ADVICE}`,
    );
  }
}
