import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { ObjectBytes } from '../../objects/index.ts';
import { applyWithin, lockMigrations } from '../migrate.ts';
import { type Migration, readMigrations } from '../migration-files.ts';
import { ArchiveReader } from './archive-reader.ts';
import type { Footer, Header, Sequence, Table, TableSums } from './archive-format.ts';
import { rowsOf } from './backup-frames.ts';
import { BackupError } from './backup-error.ts';
import { copyIn, quoted, readSequences, readTables } from './catalogue.ts';
import { assertEmpty } from './empty-database.ts';
import type { Progress } from './progress.ts';
import { RowSum } from './row-sum.ts';

export type TargetBytes = Pick<ObjectBytes, 'stage' | 'placed' | 'remove'>;

export interface Target {
  readonly client: pg.Client;
  /** Where bytes of objects go; undefined only checks them. */
  readonly bytes: TargetBytes | undefined;
  /** Adds to bytes that are there; without it there must be none. */
  readonly keepBytes?: boolean;
  readonly progress: Progress;
  /** Our own files when absent. */
  readonly migrations?: readonly Migration[];
}

export interface RestoredTable {
  readonly table: string;
  readonly rows: number;
  readonly rowSum: string;
}

export interface Restored {
  readonly schemaVersion: number;
  readonly createTime: string;
  readonly tables: readonly RestoredTable[];
  readonly objects: number;
  readonly objectBytes: number;
  readonly hasObjects: boolean;
}

/**
 * Makes an empty database what the archive says, in one transaction: schema, rows and sequences, read back and compared
 * before it is committed. Whatever goes wrong, the database stays empty.
 */
export async function restoreArchive(path: string, target: Target, signal: AbortSignal): Promise<Restored> {
  const reader = new ArchiveReader(path, signal);
  try {
    const header = await reader.header();
    await lockMigrations(target.client);
    await assertEmpty(target.client);
    if (!target.keepBytes) await assertNoBytes(target.bytes);
    await target.client.query('begin');
    await makeSchema(target, header);
    const tables = await loadTables(target, reader, header);
    await setSequences(target.client, await reader.sequences<Sequence[]>());
    const footer = await placeOrClear(target, reader);
    await target.client.query('commit');
    return {
      ...footer,
      schemaVersion: header.schemaVersion,
      createTime: header.createTime,
      hasObjects: header.hasObjects,
      tables,
    };
  } finally {
    await reader.close();
  }
}

/** The tables as they were when the backup was made; later migrations are applied to them afterwards. */
async function makeSchema({ client, migrations }: Target, header: Header): Promise<void> {
  const known = migrations ?? (await readMigrations());
  if (header.schemaVersion > known.length) {
    throw new BackupError(
      'ARCHIVE_NEWER',
      `the archive has schema version ${header.schemaVersion}, this version of the service knows ${known.length}: ` +
        'restore with a newer one',
    );
  }
  for (const { version, name, sha256 } of header.migrations) {
    const file = known.find((migration) => migration.version === version);
    if (file?.sha256 !== sha256) {
      throw new BackupError(
        'SCHEMA_DIFFERS',
        `migration ${version} (${name}) is not the one the archive was made with`,
      );
    }
  }
  await applyWithin(client, known.slice(0, header.schemaVersion));
  const made = await readTables(client);
  if (JSON.stringify(made) !== JSON.stringify(header.tables)) {
    throw new BackupError(
      'SCHEMA_DIFFERS',
      `the migrations do not make the tables of the archive: ${difference(made, header.tables)}`,
    );
  }
  // Rows that migrations have made are in the archive as they were.
  await client.query(`truncate ${made.map(({ name }) => quoted(name)).join(', ')}`);
}

function difference(made: readonly Table[], archived: readonly Table[]): string {
  const [ours, theirs] = [made, archived].map((tables) =>
    tables.map(({ name, columns }) => `${name} (${columns.join(', ')})`),
  );
  const more = theirs!.filter((table) => !ours!.includes(table));
  const less = ours!.filter((table) => !theirs!.includes(table));
  return [...more.map((table) => `only there ${table}`), ...less.map((table) => `only here ${table}`)].join('; ');
}

async function loadTables(target: Target, reader: ArchiveReader, header: Header): Promise<RestoredTable[]> {
  const loaded: RestoredTable[] = [];
  for (const _ of header.tables) {
    const { table, rows } = await reader.table();
    target.progress.begin(`table ${table.name}`);
    const sums = await load(target, table, rows);
    loaded.push({ table: table.name, rows: sums.rows, rowSum: sums.rowSum });
  }
  for (const table of header.tables) await compare(target, table, loaded);
  return loaded;
}

async function load(
  { client, progress }: Target,
  table: Table,
  rows: AsyncGenerator<Buffer, TableSums>,
): Promise<TableSums> {
  const triggers = await triggersOf(client, table);
  for (const name of triggers) await client.query(`alter table ${quoted(table.name)} disable trigger ${name}`);
  let sums: TableSums | undefined;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for (let next = await rows.next(); ; next = await rows.next()) {
      if (next.done) {
        sums = next.value;
        return;
      }
      progress.advance(next.value.length);
      yield next.value;
    }
  };
  try {
    await pipeline(Readable.from(counted(), { objectMode: false }), client.query(copyFrom(copyIn(table))));
  } catch (error) {
    // What the server makes of rows that are not as they were comes before their sum is known.
    if (!(error instanceof pg.DatabaseError)) throw error;
    throw new BackupError(
      'ARCHIVE_DAMAGED',
      `the rows of table ${table.name} cannot be loaded: ${error.message}`,
      error,
    );
  }
  for (const name of triggers) await client.query(`alter table ${quoted(table.name)} enable trigger ${name}`);
  if (!sums) throw new Error(`table ${table.name} has no end`);
  return sums;
}

/** What they did is in the archive already. */
async function triggersOf(client: pg.Client, { name }: Table): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(tgname) as name from pg_trigger
     where tgrelid = $1::regclass and not tgisinternal and tgenabled = 'O'`,
    [quoted(name)],
  );
  return rows.map((row) => row.name);
}

/** Reads the table back. */
async function compare({ client, progress }: Target, table: Table, loaded: readonly RestoredTable[]): Promise<void> {
  progress.begin(`comparing ${table.name}`);
  const sum = new RowSum();
  for await (const chunk of rowsOf(client, table)) {
    sum.add(chunk);
    progress.advance(chunk.length);
  }
  const archived = loaded.find((one) => one.table === table.name);
  if (sum.rows === archived?.rows && sum.hex === archived.rowSum) return;
  throw new BackupError(
    'RESTORED_DIFFERS',
    `table ${table.name} is not as in the archive: ${sum.rows} rows with sum ${sum.hex}, not ${archived?.rows} with ${archived?.rowSum}`,
  );
}

async function setSequences(client: pg.Client, sequences: readonly Sequence[]): Promise<void> {
  for (const { name, lastValue, isCalled } of sequences) {
    await client.query('select setval($1::regclass, $2::bigint, $3)', [quoted(name), lastValue, isCalled]);
  }
  const restored = await readSequences(client);
  if (JSON.stringify(restored) !== JSON.stringify(sequences)) {
    throw new BackupError('RESTORED_DIFFERS', 'the sequences are not as in the archive');
  }
  await leaveLostPositions(client, sequences);
}

const POSITIONS = 'event_position';
/** More than is appended in a millisecond; positions have room for a thousand years of them. */
const OF_A_MILLISECOND = 2n ** 18n;
/** More than was ever appended between a backup and what made it needed. */
const LEAP = 2n ** 32n;

/**
 * Readers may have been given positions of events that came after the backup, or after an earlier restore of it. New
 * events lie above them all, by the clock and, should that be set back, by a leap: one of them would be passed over by
 * those who go on behind a position that it takes again.
 */
async function leaveLostPositions(client: pg.Client, sequences: readonly Sequence[]): Promise<void> {
  const positions = sequences.find(({ name }) => name === POSITIONS);
  if (!positions) return;
  const last = BigInt(positions.lastValue);
  const byClock = BigInt(Date.now()) * OF_A_MILLISECOND + (last % OF_A_MILLISECOND);
  const next = byClock > last + LEAP ? byClock : last + LEAP;
  await client.query('select setval($1::regclass, $2::bigint, $3)', [
    quoted(POSITIONS),
    String(next),
    positions.isCalled,
  ]);
}

/** A service clears away bytes that its database does not name: those of another database, if they lie together. */
async function assertNoBytes(bytes: TargetBytes | undefined): Promise<void> {
  for await (const sha256 of bytes?.placed() ?? []) {
    throw new BackupError(
      'OBJECTS_NOT_EMPTY',
      `the directory of objects is not empty (it has ${sha256}): name another in EXEMPLA_STORAGE_OBJECTS_DIR, or, if no ` +
        'other database has its objects there, say --keep-objects',
    );
  }
}

/** All bytes or none. What follows is only the commit: when its answer is lost, the bytes must stay. */
async function placeOrClear(target: Target, reader: ArchiveReader): Promise<Footer> {
  try {
    return await placeObjects(target, reader);
  } catch (error) {
    if (target.bytes && !target.keepBytes) {
      for await (const sha256 of target.bytes.placed()) await target.bytes.remove(sha256);
    }
    throw error;
  }
}

async function placeObjects({ bytes, progress }: Target, reader: ArchiveReader): Promise<Footer> {
  progress.begin('objects');
  for (;;) {
    const next = await reader.objectOrFooter();
    if ('footer' in next) return next.footer;
    const staged = await bytes?.stage();
    try {
      for await (const chunk of next.bytes) {
        await staged?.write(chunk);
        progress.advance(chunk.length);
      }
      await staged?.seal();
      await staged?.place();
    } finally {
      await staged?.discard();
    }
  }
}
