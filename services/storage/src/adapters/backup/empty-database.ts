import pg from 'pg';
import { BackupError } from './backup-error.ts';

/** Those of extensions do not count. */
const TABLES = `
  select n.nspname::text as schema, c.relname::text as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'f') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
    and not exists (select 1 from pg_depend d
      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  order by 1, 2`;

const NAMED = 5;
const COUNTED = 1_000;

/** Restoring never mixes with what is there. */
export async function assertEmpty(client: pg.Client): Promise<void> {
  const { rows: tables } = await client.query<{ schema: string; name: string }>(TABLES);
  if (tables.length === 0) return;
  const named: string[] = [];
  for (const { schema, name } of tables.slice(0, NAMED)) named.push(await described(client, schema, name));
  if (tables.length > NAMED) named.push(`${tables.length - NAMED} more tables`);
  throw new BackupError(
    'DATABASE_NOT_EMPTY',
    `database "${client.database}" is not empty: it has ${named.join(', ')}. ` +
      'Make another with "create database" and let DATABASE_URL and DATABASE_ADMIN_URL name it',
  );
}

async function described(client: pg.Client, schema: string, name: string): Promise<string> {
  const table = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
  const { rows } = await client.query<{ rows: number }>(
    `select count(*)::int as rows from (select 1 from ${table} limit ${COUNTED + 1}) as counted`,
  );
  const count = rows[0]?.rows ?? 0;
  return `${schema}.${name} (${count > COUNTED ? `more than ${COUNTED}` : count} rows)`;
}
