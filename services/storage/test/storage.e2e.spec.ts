import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DefinitionStoreServiceDefinition } from '@exempla/contracts/storage/v1/definition_store_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { makeTemporaryDatabase, type TemporaryDatabase } from '@exempla/launch';
import { type Channel, createClient } from '@exempla/rpc';
import { eventually } from '@exempla/testing';
import { startTestServer, type TestServer } from './database.ts';
import { filesBelow } from './files.ts';
import { type Program, Programs } from './programs.ts';

let server: TestServer;
let database: TemporaryDatabase;
let directory: string;
const programs = new Programs();

beforeAll(async () => {
  server = await startTestServer();
  database = await makeTemporaryDatabase(server.postgres.adminUrl);
  directory = await mkdtemp(join(tmpdir(), 'exempla-storage-e2e-'));
});
afterEach(() => programs.stop());
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true });
});

const start = (name: 'main' | 'migrate.main', env: Record<string, string>): Program =>
  programs.start(name, { EXEMPLA_STORAGE_OBJECTS_DIR: directory, ...env });
const listening = (program: Program): Promise<Channel> => programs.listening(program);

/** But for the file that says of which index the bytes are. */
const bytes = async () => (await filesBelow(directory)).filter((path) => path !== join(directory, 'index'));

const serviceOnly = () => ({ DATABASE_URL: database.url });
const withOwner = () => ({ DATABASE_URL: database.url, DATABASE_ADMIN_URL: database.adminUrl });

describe('the process', () => {
  it('refuses to start on a database that is not migrated, says the command, and starts after it', async () => {
    const refused = start('main', serviceOnly());
    expect(await refused.ended).toEqual([1, null]);
    expect(refused.output()).toContain('npm run migrate -w @exempla/storage');
    expect(refused.output()).not.toContain(new URL(database.url).password);
    for (let run = 0; run < 2; run += 1) {
      const migrating = start('migrate.main', withOwner());
      expect(await migrating.ended).toEqual([0, null]);
    }
    await listening(start('main', serviceOnly()));
  });

  it('has nothing of an upload that a SIGKILL cut off, once it runs again', async () => {
    const first = start('main', withOwner());
    const objects = createClient(ObjectServiceDefinition, await listening(first));
    async function* halting() {
      yield { part: { $case: 'header' as const, value: { name: 'objects/cut' } } };
      yield { part: { $case: 'chunk' as const, value: Buffer.alloc(500_000) } };
      await new Promise(() => {});
    }
    const uploading = objects.uploadObject(halting()).catch(() => 'cut off');
    await eventually('it is being written', async () => (await bytes()).length === 1);
    first.child.kill('SIGKILL');
    await first.ended;
    expect(await uploading).toBe('cut off');
    const again = createClient(ObjectServiceDefinition, await listening(start('main', withOwner())));
    expect(await bytes()).toEqual([]);
    await expect(again.getObject({ name: 'objects/cut' })).rejects.toMatchObject({ reason: 'OBJECT_NOT_FOUND' });
  });

  it('keeps what it stored over a restart, and ends at SIGTERM with 0', async () => {
    const first = start('main', withOwner());
    const definitions = createClient(DefinitionStoreServiceDefinition, await listening(first));
    const definition = { term: 'river', language: 'en', text: 'A large stream of water.' };
    const stored = await definitions.createDefinition({ definition });
    const before = performance.now();
    first.child.kill('SIGTERM');
    expect(await first.ended).toEqual([0, null]);
    expect(performance.now() - before).toBeLessThan(10_000);
    const again = createClient(DefinitionStoreServiceDefinition, await listening(start('main', serviceOnly())));
    expect(await again.getDefinition({ name: stored.name })).toEqual(stored);
  });
});
