import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Event, StreamState } from '@exempla/contracts/storage/v1/event_store_service';
import { Definition } from '@exempla/contracts/type/v1/definition';
import { makeTemporaryDatabase, type TemporaryDatabase } from '@exempla/launch';
import { migrate } from '../src/adapters/migrate.ts';
import { type Migration, readMigrations } from '../src/adapters/migration-files.ts';
import { silent, startTestServer, type TestServer } from './database.ts';
import { startService, type TestService } from './service.ts';

let server: TestServer;
let database: TemporaryDatabase;
let next: Migration[];

/** What a later version may bring without asking: tables, columns that need not be filled, functions. */
const EXPANSION = `
  create table storage.later (tenant text primary key);
  alter table storage.later enable row level security;
  create policy own_tenant on storage.later using (tenant = storage.current_tenant())
    with check (tenant = storage.current_tenant());
  alter table storage.definitions add column later integer not null default 7, add column note_text text;
  alter table storage.definition_revisions add column later text;
  alter table storage.objects add column later jsonb;
  alter table storage.events add column later bigint not null default 0;
  -- It returns rows of that table, hence must know the new column.
  create or replace function storage.read_log(after bigint, at_most integer, max_bytes bigint)
    returns setof storage.events language sql stable security definer set search_path = pg_catalog, pg_temp
  begin atomic
    select e.* from storage.events as e where e.position > read_log.after order by e.position limit at_most;
  end;
  create function storage.later() returns integer language sql as $$ select 1 $$`;

const tenant = { tenant: 'upgraded' };

beforeAll(async () => {
  server = await startTestServer();
  database = await makeTemporaryDatabase(server.postgres.adminUrl);
  const migrations = await readMigrations();
  next = [...migrations, { version: migrations.length + 1, name: 'next', sql: EXPANSION, sha256: 'next' }];
});
afterAll(() => server.stop());

const ANY = { $case: 'state', value: StreamState.STREAM_STATE_ANY } as const;

/** Stores, changes and reads, in every table. */
async function expectServing({ definitions, events, objects }: TestService): Promise<void> {
  const id = randomUUID();
  const definition = { ...Definition.create(), term: `term ${id}`, language: 'en', text: 'A first text.' };
  const { name } = await definitions.createDefinition({ definition }, tenant);
  await definitions.updateDefinition({ definition: { name, text: 'Another text.' }, updateMask: ['text'] }, tenant);
  const { revisions } = await definitions.listDefinitionRevisions({ parent: name }, tenant);
  expect(revisions.map(({ text }) => text)).toEqual(['Another text.', 'A first text.']);

  const stream = `streams/${id}`;
  await events.append({ stream, expected: ANY, events: [{ ...Event.create(), id, type: 'happened' }] }, tenant);
  const read: string[] = [];
  for await (const page of events.readStream({ stream }, tenant)) read.push(...page.events.map((one) => one.event!.id));
  for await (const page of events.subscribe({}, tenant)) {
    if (page.part?.$case !== 'events') break;
    read.push(...page.part.value.events.map((one) => one.event!.id));
  }
  expect(read.filter((one) => one === id)).toHaveLength(2);

  const header = { part: { $case: 'header' as const, value: { name: `objects/${id}` } } };
  const bytes = { part: { $case: 'chunk' as const, value: Buffer.from(id) } };
  await objects.uploadObject(Readable.from([header, bytes]), tenant);
  expect(await objects.getObject({ name: `objects/${id}` }, tenant)).toMatchObject({ sizeBytes: BigInt(id.length) });
  await objects.deleteObject({ name: `objects/${id}` }, tenant);
}

describe('a service of this version', () => {
  let running: TestService;
  afterAll(() => running.stop());

  it('goes on while the next one migrates', async () => {
    running = await startService(database);
    await expectServing(running);
    expect(await migrate({ ...database, waitMs: 0, log: silent, migrations: next })).toMatchObject({ applied: 1 });
    await expectServing(running);
  });

  it.each([
    ['that may migrate', (): Partial<{ databaseAdminUrl: undefined }> => ({})],
    ['that may not', () => ({ databaseAdminUrl: undefined })],
  ])('starts on what the next one has made: one %s', async (_, change) => {
    const service = await startService(database, change());
    try {
      await expectServing(service);
    } finally {
      await service.stop();
    }
    await expectServing(running);
  });
});
