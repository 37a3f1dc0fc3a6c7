import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';
import { startService, type TestService } from './service.ts';

let server: TestServer;
let database: TestDatabase;
let service: TestService;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.database();
  service = await startService(database);
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

const tenant = (): { tenant: string } => ({ tenant: `t-${randomUUID()}` });
const definition = { term: 'entropy', language: 'en', text: 'A quantity that measures disorder.' };

describe('cancellation from the edge', () => {
  it('leaves no active query, twenty times over', async () => {
    const active = async (): Promise<number> => {
      const [row] = await database.admin<{ count: string }>(
        `select count(*) from pg_stat_activity
         where state = 'active' and application_name = 'exempla-storage' and datname = current_database()`,
      );
      return Number(row?.count);
    };
    const { name } = await service.definitions.createDefinition({ definition }, tenant());
    const blocker = await database.session();
    await blocker.query('begin; lock table storage.definitions in access exclusive mode');
    for (let i = 0; i < 20; i += 1) {
      const leave = new AbortController();
      const asking = service.definitions.getDefinition({ name }, { ...tenant(), signal: leave.signal });
      const failing = asking.catch((error: unknown) => error);
      await eventually('it waits', async () => (await active()) === 1);
      leave.abort(new Error('left'));
      await eventually('it is gone', async () => (await active()) === 0);
      expect(await failing).toEqual(new Error('left'));
    }
    await blocker.query('rollback');
    expect(service.pool.stats).toMatchObject({ inUse: 0, waiting: 0 });
  });

  it('is the same when the deadline passes', async () => {
    const { name } = await service.definitions.createDefinition({ definition }, tenant());
    const blocker = await database.session();
    await blocker.query('begin; lock table storage.definitions in access exclusive mode');
    await expect(service.definitions.getDefinition({ name }, { timeoutMs: 200 })).rejects.toMatchObject({ code: 4 });
    await eventually('nothing is lent', () => service.pool.stats.inUse === 0);
    await blocker.query('rollback');
  });
});
