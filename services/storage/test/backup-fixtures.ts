import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import pg from 'pg';
import { DiskObjects } from '../src/adapters/disk-objects.ts';
import { quiet } from '../src/adapters/backup/progress.ts';
import type { Migration } from '../src/adapters/migration-files.ts';
import { silent } from './database.ts';

/** Values that a careless copy would change. */
const TEXTS = [
  'plain',
  'tab\tline\nfeed\r\\N \\. \\',
  'Ünïcödé – 漢字 🦊 \u0001\u2028',
  '',
  ' '.repeat(3),
  'x'.repeat(70_000),
];
const BYTES = [Buffer.alloc(0), Buffer.from([0, 255, 0, 10, 92]), randomBytes(200_000)];

/** A table with every kind of column there may be, in a migration of its own. */
export const ODD_TABLES = `
  create table storage."odd ""names""" (
    tenant text not null, id bigint generated always as identity, "a column" text, bytes bytea, whole numeric, part float8,
    at timestamptz, day date, lasting interval, doc jsonb, raw json, list text[], flag boolean, name uuid,
    parent bigint, twice bigint generated always as (id * 2) stored,
    primary key (tenant, id), foreign key (tenant, parent) references storage."odd ""names""" (tenant, id));
  create table storage.a_child (tenant text not null, id bigint not null, n integer, changed integer not null default 0,
    foreign key (tenant, id) references storage."odd ""names""" (tenant, id));
  create table storage.parts (tenant text not null, n integer) partition by range (n);
  create table storage.parts_low partition of storage.parts for values from (minvalue) to (10);
  create table storage.parts_high partition of storage.parts for values from (10) to (maxvalue);
  create sequence storage.free_standing;
  create function storage.mark() returns trigger language plpgsql as $$ begin new.changed := new.changed + 1; return new; end $$;
  create trigger marks before insert on storage.a_child for each row execute function storage.mark()`;

export const withOdd = (migrations: readonly Migration[]): Migration[] => [
  ...migrations,
  { version: migrations.length + 1, name: 'odd', sql: ODD_TABLES, sha256: 'odd' },
];

export async function fillOdd(owner: pg.Client): Promise<void> {
  for (let n = 0; n < 40; n += 1) {
    const text = TEXTS[n % TEXTS.length];
    await owner.query(
      `insert into storage."odd ""names""" (tenant, "a column", bytes, whole, part, at, day, lasting, doc, raw, list, flag, name, parent)
       values ('t', $1, $2, $3, $4, $5, '4713-01-01 BC', '1 mon -2 days 03:04:05.678901', $6, '{"b":1, "a":  2, "b":3}',
         $7, $8, gen_random_uuid(), (select max(id) from storage."odd ""names"""))`,
      [
        text,
        BYTES[n % BYTES.length],
        '-123456789012345678901234567890.000100',
        n === 3 ? 'NaN' : Math.PI * 10 ** (n - 20),
        n === 4 ? 'infinity' : '2026-10-25 00:30:00.123456+00',
        JSON.stringify({ text, none: null, deep: [n, { 'a"b': true }] }),
        n % 7 === 0 ? null : [text, null, 'a,b"c{}'],
        n % 2 === 0 ? null : true,
      ],
    );
  }
  await owner.query(`insert into storage.a_child select tenant, id, null from storage."odd ""names"""`);
  await owner.query(`insert into storage.parts select 't', n from generate_series(1, 20) n`);
  await owner.query(`select nextval('storage.free_standing') from generate_series(1, 41)`);
}

/** Definitions with revisions, and objects whose bytes are on disk. */
export async function fill(owner: pg.Client, disk: DiskObjects, count: number): Promise<string[]> {
  const hashes: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const tenant = `tenant-${n % 3}`;
    const text = TEXTS[n % TEXTS.length];
    const { rows } = await owner.query<{ id: string }>(
      `insert into storage.definitions (tenant, id, term, term_key, context, context_key, language, language_key, category,
         text, assessment, state, other_senses, sense_reason, examples, narration, etag, request_id, request_fingerprint)
       values ($1, gen_random_uuid(), $2, $2, '[]', '', 'en', 'en', '', $2, $3, 'DRAFT', '[]', '', $3, '', '', null, '')
       returning id`,
      [tenant, text, JSON.stringify({ text })],
    );
    await owner.query(
      `insert into storage.definition_revisions (tenant, definition_id, number, text, note)
       select $1, $2, n, $3, '' from generate_series(1, $4) n`,
      [tenant, rows[0]!.id, text, 1 + (n % 4)],
    );
    const bytes = randomBytes(n * 10_000);
    const sha256 = await place(disk, bytes);
    hashes.push(sha256);
    await owner.query(
      `insert into storage.objects (tenant, path, sha256, size_bytes, content_type, etag) values ($1, $2, $3, $4, '', '')`,
      [tenant, `p/${n}/${text?.slice(0, 9)}`, Buffer.from(sha256, 'hex'), bytes.length],
    );
  }
  await fillStories(owner);
  for (let n = 0; n < count; n += 1) await append(owner, `streams/${n % 4}`, BYTES);
  return hashes;
}

export async function place(disk: DiskObjects, bytes: Buffer): Promise<string> {
  const staged = await disk.stage();
  for await (const chunk of Readable.from([bytes])) await staged.write(chunk as Buffer);
  const sha256 = await staged.seal();
  await staged.place();
  return sha256;
}

/** A story with two texts before the one it has, and two generations. */
async function fillStories(owner: pg.Client): Promise<void> {
  const id = randomUUID();
  await owner.query(
    `insert into storage.stories (tenant, id, title, text, summary, moral, kind, language, language_key, length_minutes, audio,
       audio_provider, illustrations, model, state, etag, request_fingerprint)
     values ('tenant-1', $1, 'Ünï', E'a\\nb', '', '', '', 'en', 'en', 5, '', '', '{"a,b",NULL}', '', 'DRAFT', '', '')`,
    [id],
  );
  await owner.query(
    `insert into storage.story_revisions (tenant, id, story_id, number, title, text, etag, request_fingerprint)
     select 'tenant-1', gen_random_uuid(), $1, n, '', '', '', '' from generate_series(1, 2) n`,
    [id],
  );
  await owner.query(
    `insert into storage.generations (tenant, id, story_id, number, model, prompt, status, error_reason, etag, request_fingerprint)
     select 'tenant-1', gen_random_uuid(), $1, n, '', '', 'DONE', '', '', '' from generate_series(1, 2) n`,
    [id],
  );
}

/** Appends events in one request, as the service does; says the position of the last. */
export async function append(client: pg.ClientBase, stream: string, data: readonly Buffer[]): Promise<bigint> {
  const same = (text: string): string[] => data.map(() => text);
  const { rows } = await client.query<{ outcome: string; last_position: string }>(
    `select outcome, last_position from storage.append_events(array['tenant-1'], array[$1], array[-1]::bigint[], $2, $3, $4, $4,
       $5, $6, $4, $5, $5, $5, $7, $8)`,
    [
      stream,
      data.map(() => 1),
      data.map(() => randomUUID()),
      same('type'),
      same(''),
      data.map(() => new Date()),
      data.map(({ length }) => length),
      Buffer.concat(data),
    ],
  );
  if (rows[0]?.outcome !== 'appended') throw new Error(`not appended: ${rows[0]?.outcome}`);
  return BigInt(rows[0].last_position);
}

/** Every row of every table, and every sequence, as text; a restore lets positions leap by multiples of 2^18. */
export async function everything(url: string): Promise<Record<string, string[]>> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string; sequence: boolean }>(
      `select c.oid::regclass::text as name, c.relkind = 'S' as sequence from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'storage' and c.relkind in ('r', 'S') and c.relname <> 'migrations' order by 1`,
    );
    const all: Record<string, string[]> = {};
    for (const { name, sequence } of tables) {
      const row = sequence ? '(t.last_value % 262144, t.is_called)::text' : 't::text';
      const { rows } = await client.query<{ row: string }>(`select ${row} as row from ${name} t order by 1`);
      all[name] = rows.map(({ row: text }) => text);
    }
    return all;
  } finally {
    await client.end();
  }
}

export const session = () => ({ signal: new AbortController().signal, waitMs: 0, log: silent, progress: quiet });
