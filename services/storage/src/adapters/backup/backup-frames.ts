import { createHash } from 'node:crypto';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { ObjectBytes } from '../../objects/index.ts';
import {
  dataFrames,
  FORMAT,
  type Header,
  jsonFrame,
  type Table,
  type TableSums,
  type Totals,
} from './archive-format.ts';
import { BackupError } from './backup-error.ts';
import { copyOut, quoted, readSequences, readTables } from './catalogue.ts';
import type { Progress } from './progress.ts';
import { RowSum } from './row-sum.ts';

export interface Source {
  readonly client: pg.Client;
  /** Undefined leaves the bytes of objects out. */
  readonly bytes: Pick<ObjectBytes, 'open'> | undefined;
  readonly progress: Progress;
}

/** What has been written so far; whole when the frames have come to their end. */
export type Written = { -readonly [name in keyof Totals]: Totals[name] };

/** The archive of one moment: everything is read in one transaction that sees what was committed before it began. */
export async function* backupFrames(source: Source, written: Written): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const frame of contents(source, written)) {
    hash.update(frame);
    yield frame;
  }
  yield jsonFrame('F', { ...written, sha256: hash.digest('hex') });
}

async function* contents(source: Source, written: Written): AsyncGenerator<Buffer> {
  const { client, bytes } = source;
  const tables = await beginSnapshot(client);
  const { rows: migrations } = await client.query<Header['migrations'][number]>(
    'select version, name, sha256 from storage.migrations order by version',
  );
  const header: Header = {
    format: FORMAT,
    createTime: new Date().toISOString(),
    schemaVersion: migrations.at(-1)?.version ?? 0,
    migrations,
    tables,
    hasObjects: bytes !== undefined,
  };
  yield jsonFrame('H', header);
  for (const table of tables) yield* tableFrames(source, table, written);
  // Later than the rows and outside of every transaction, hence never behind them.
  yield jsonFrame('S', await readSequences(client));
  if (bytes) yield* objectFrames(source, bytes, written);
  await client.query('commit');
}

/** Locks come before the snapshot, so that no migration comes between what the tables are and what is in them. */
async function beginSnapshot(client: pg.Client): Promise<Table[]> {
  const before = await readTables(client);
  if (before.length === 0) throw new BackupError('SCHEMA_DIFFERS', 'the database has no tables in schema storage');
  await client.query('begin isolation level repeatable read read only');
  await client.query(`lock table ${before.map(({ name }) => quoted(name)).join(', ')} in access share mode`);
  const tables = await readTables(client);
  if (JSON.stringify(tables) === JSON.stringify(before)) return tables;
  throw new BackupError('SCHEMA_DIFFERS', 'a migration ran meanwhile: take the backup again');
}

async function* tableFrames(source: Source, table: Table, written: Written): AsyncGenerator<Buffer> {
  source.progress.begin(`table ${table.name}`);
  yield jsonFrame('T', table);
  const [hash, sum] = [createHash('sha256'), new RowSum()];
  let bytes = 0;
  for await (const chunk of rowsOf(source.client, table)) {
    hash.update(chunk);
    sum.add(chunk);
    bytes += chunk.length;
    source.progress.advance(chunk.length);
    yield* dataFrames(chunk);
  }
  const sums: TableSums = { rows: sum.rows, bytes, sha256: hash.digest('hex'), rowSum: sum.hex };
  written.tables += 1;
  written.rows += sum.rows;
  yield jsonFrame('E', sums);
}

/** As COPY text. When the reader stops early, the connection is of no more use. */
export function rowsOf(client: pg.Client, table: Table): AsyncIterable<Buffer> {
  return client.query(copyTo(copyOut(table)));
}

const OBJECTS = `
  declare object_bytes cursor for
  select distinct on (sha256) sha256, tenant, path from storage.objects order by sha256`;

async function* objectFrames(
  { client, progress }: Source,
  bytes: Pick<ObjectBytes, 'open'>,
  written: Written,
): AsyncGenerator<Buffer> {
  progress.begin('objects');
  await client.query(OBJECTS);
  for (;;) {
    const { rows } = await client.query<{ sha256: Buffer; tenant: string; path: string }>(
      'fetch 500 from object_bytes',
    );
    if (rows.length === 0) return;
    for (const { sha256, tenant, path } of rows) {
      const name = `objects/${path} of tenant ${tenant}`;
      for await (const frame of bytesFrames(bytes, sha256.toString('hex'), name, written)) {
        progress.advance(frame.length);
        yield frame;
      }
    }
  }
}

/** Bytes that are not what their name says make no backup: it would only be found when it is needed. */
async function* bytesFrames(
  bytes: Pick<ObjectBytes, 'open'>,
  sha256: string,
  name: string,
  written: Written,
): AsyncGenerator<Buffer> {
  const opened = await bytes.open(sha256);
  if (!opened) throw new BackupError('OBJECT_MISSING', `the bytes of ${name} are missing (sha256 ${sha256})`);
  try {
    yield jsonFrame('O', { sha256, sizeBytes: Number(opened.sizeBytes) });
    const hash = createHash('sha256');
    for (let chunk = await opened.next(); chunk; chunk = await opened.next()) {
      hash.update(chunk);
      written.objectBytes += chunk.length;
      yield* dataFrames(chunk);
    }
    if (hash.digest('hex') !== sha256) {
      throw new BackupError('OBJECT_DAMAGED', `the bytes of ${name} are not what their hash says (sha256 ${sha256})`);
    }
    written.objects += 1;
    yield jsonFrame('E', {});
  } finally {
    await opened.close();
  }
}
