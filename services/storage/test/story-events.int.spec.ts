import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresRecords } from '../src/adapters/postgres-records.ts';
import type { RecordEvent } from '../src/records/index.ts';
import { callOf } from './calls.ts';
import { tenant } from './child-errors.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';
import { childOf, newRecord } from './record-fixtures.ts';
import { startService, type TestService } from './service.ts';
import { tell } from './story-errors.ts';

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

async function eventsOf(name: string, options: { tenant: string }): Promise<[string, unknown][]> {
  const found: [string, unknown][] = [];
  for await (const { events } of service.events.readStream({ stream: `streams/${name}` }, options)) {
    for (const { event } of events) found.push([event?.type ?? '', JSON.parse(event?.data.toString() ?? '')]);
  }
  return found;
}

describe('the stream of a story', () => {
  it('has an event for each change, and none for what was refused or repeated', async () => {
    const options = tenant();
    const { name } = await tell(service, options, {}, 'r');
    await tell(service, options, {}, 'r');
    await service.stories.rateStory({ name, rating: 7 }, options);
    const stale = { story: { name, etag: 'old', title: 'x' }, updateMask: ['title'] };
    await expect(service.stories.updateStory(stale, options)).rejects.toMatchObject({ reason: 'ETAG_MISMATCH' });
    await service.stories.updateStory({ story: { name, title: 'A light' }, updateMask: ['title'] }, options);
    await service.stories.deleteStory({ name }, options);
    const story = { title: 'The lighthouse', kind: 'HERO', language: 'en' };
    expect(await eventsOf(name, options)).toEqual([
      ['story.created', story],
      ['story.rated', { ...story, rating: 7 }],
      ['story.changed', { ...story, title: 'A light', rating: 7 }],
      ['story.deleted', { ...story, title: 'A light', rating: 7 }],
    ]);
    expect(await eventsOf(name, tenant())).toEqual([]);
  });

  it('has an event for each of 20 ratings at once, in the order they were made', async () => {
    const options = tenant();
    const { name } = await tell(service, options);
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => service.stories.rateStory({ name, rating: 1 + (i % 10) }, options)),
    );
    const events = await eventsOf(name, options);
    expect(events).toHaveLength(21);
    const { rating } = await service.stories.getStory({ name }, options);
    expect(events.at(-1)?.[1]).toMatchObject({ rating });
  });

  it('is seen by a subscriber', async () => {
    const options = tenant();
    const seen: string[] = [];
    for await (const { part } of service.events.subscribe({}, options)) {
      if (part?.$case === 'caughtUp' && seen.length === 0) await tell(service, options);
      if (part?.$case === 'events') seen.push(...part.value.events.map(({ event }) => event?.type ?? ''));
      if (seen.length > 0) break;
    }
    expect(seen).toEqual(['story.created']);
  });
});

describe('a record and what is told of it', () => {
  const event = (change: Partial<RecordEvent> = {}): RecordEvent => ({
    type: 'child.created',
    record: 'children/1',
    id: 'e',
    data: {},
    ...change,
  });
  const found = async (name: string): Promise<[number, number]> => {
    const count = async (text: string): Promise<number> =>
      (await database.admin<{ count: number }>(`select count(*)::int as count from ${text}`, [name]))[0]?.count ?? -1;
    return [await count('storage.children where tenant = $1'), await count('storage.events where tenant = $1')];
  };
  const save = (name: string, then: (tellIt: (told: RecordEvent) => void) => unknown, signal?: AbortSignal) =>
    new PostgresRecords(database.pool).withTransaction(
      callOf(name, signal ? { signal } : {}),
      async ({ children, tell: tellIt }) => {
        await children.save(newRecord(childOf()));
        await then(tellIt);
      },
    );

  it('are committed together', async () => {
    await save('both', (tellIt) => tellIt(event()));
    expect(await found('both')).toEqual([1, 1]);
  });

  it('are gone together when the work throws', async () => {
    const failing = save('thrown', (tellIt) => {
      tellIt(event());
      throw new Error('refused');
    });
    await expect(failing).rejects.toThrow('refused');
    expect(await found('thrown')).toEqual([0, 0]);
  });

  it('are gone together when the call ends', async () => {
    const leaving = new AbortController();
    const left = save(
      'left',
      (tellIt) => {
        tellIt(event());
        leaving.abort(new Error('left'));
      },
      leaving.signal,
    );
    await expect(left).rejects.toThrow('left');
    expect(await found('left')).toEqual([0, 0]);
  });

  it('are gone together when the event cannot be appended', async () => {
    await expect(save('broken', (tellIt) => tellIt(event({ type: 'a\0b' })))).rejects.toThrow('invalid byte sequence');
    await expect(save('twice', (tellIt) => [tellIt(event()), tellIt(event())])).rejects.toThrow('reused');
    expect([await found('broken'), await found('twice')]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('do not hold the lock of the log while the work goes on', async () => {
    await save('last', async (tellIt) => {
      tellIt(event());
      const lock = 'select pg_try_advisory_xact_lock(7319002512) as is_free';
      expect(await database.admin(lock)).toEqual([{ is_free: true }]);
    });
    expect(await found('last')).toEqual([1, 1]);
  });
});
