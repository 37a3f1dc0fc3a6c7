import pg from 'pg';
import type { Sequence, Table } from './archive-format.ts';
import { BackupError } from './backup-error.ts';

interface TableRow extends Table {
  /** Tables its foreign keys point to, itself left out. */
  refers: string[];
}

/** Generated columns come by themselves. What is known of migrations is in the header, not a table. */
const TABLES = `
  select c.relname::text as name,
    array(select a.attname::text from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      order by a.attnum) as columns,
    array(select distinct f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
      where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as refers
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'storage' and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migrations'
  order by c.relname collate "C"`;

/** The tables of the schema, each after those it refers to. */
export async function readTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<TableRow>(TABLES);
  return inOrder(rows);
}

export function inOrder(rows: readonly TableRow[]): Table[] {
  const sorted: Table[] = [];
  let waiting = [...rows];
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ name }) => name));
    const ready = waiting.filter(({ refers }) => !refers.some((name) => names.has(name)));
    if (ready.length === 0) {
      throw new BackupError('SCHEMA_DIFFERS', `tables ${[...names].join(', ')} refer to each other in a circle`);
    }
    sorted.push(...ready.map(({ name, columns }) => ({ name, columns })));
    waiting = waiting.filter((row) => !ready.includes(row));
  }
  return sorted;
}

export async function readSequences(client: pg.ClientBase): Promise<Sequence[]> {
  const { rows } = await client.query<{ name: string }>(
    `select sequencename::text as name from pg_sequences where schemaname = 'storage' order by 1`,
  );
  const sequences: Sequence[] = [];
  for (const { name } of rows) {
    const found = await client.query<Omit<Sequence, 'name'>>(
      `select last_value::text as "lastValue", is_called as "isCalled" from ${quoted(name)}`,
    );
    if (found.rows[0]) sequences.push({ name, ...found.rows[0] });
  }
  return sequences;
}

export const quoted = (name: string): string => `storage.${pg.escapeIdentifier(name)}`;

export const columnsOf = ({ columns }: Table): string => columns.map((name) => pg.escapeIdentifier(name)).join(', ');

/** A query, so that it works for partitioned tables too. */
export const copyOut = (table: Table): string =>
  `copy (select ${columnsOf(table)} from ${quoted(table.name)}) to stdout`;

export const copyIn = (table: Table): string => `copy ${quoted(table.name)} (${columnsOf(table)}) from stdin`;
