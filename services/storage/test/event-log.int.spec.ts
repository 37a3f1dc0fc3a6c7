import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Direction } from '@exempla/contracts/storage/v1/event_store_service';
import { status } from '@exempla/rpc';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';
import { ANY, idsOf, newEvent, newEvents, newStream, nextOf, readAll, subscribe } from './event-client.ts';
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

const all = (request?: Parameters<typeof readAll>[1]) => readAll(service, request);
const subscribed = (request: Parameters<typeof subscribe>[1], signal?: AbortSignal) =>
  subscribe(service, request, signal);

describe('all streams', () => {
  it('are read in the order of appends, from a position on, filtered, both ways', async () => {
    const before = (await all({ direction: Direction.DIRECTION_BACKWARDS, limit: 1n }))[0]?.position ?? '';
    const prefix = `streams/all-${randomUUID()}`;
    const given = Array.from({ length: 10 }, (_, i) => newEvent({ type: i % 2 ? 'odd' : 'even' }));
    for (const [i, event] of given.entries()) {
      await service.events.append({ stream: `${prefix}/${i % 3}`, expected: ANY, events: [event] });
    }
    const ids = given.map(({ id }) => id);
    const found = await all({ afterPosition: before });
    expect(idsOf(found)).toEqual(ids);
    expect(idsOf(await all({ afterPosition: found[3]?.position ?? '' }))).toEqual(ids.slice(4));
    expect(idsOf(await all({ afterPosition: before, limit: 3n }))).toEqual(ids.slice(0, 3));
    expect(idsOf(await all({ direction: Direction.DIRECTION_BACKWARDS, limit: 4n }))).toEqual(ids.slice(-4).reverse());
    const types = ['odd'];
    expect(idsOf(await all({ filter: { types, streamPrefix: `${prefix}/` } }))).toEqual(ids.filter((_, i) => i % 2));
    expect(idsOf(await all({ filter: { types: [], streamPrefix: `${prefix}/1` } }))).toEqual(
      ids.filter((_, i) => i % 3 === 1),
    );
    expect(
      idsOf(
        await all({ filter: { types, streamPrefix: prefix }, direction: Direction.DIRECTION_BACKWARDS, limit: 2n }),
      ),
    ).toEqual([ids[9], ids[7]]);
    expect(await all({ filter: { types: ['no.such'], streamPrefix: '' } })).toEqual([]);
  });

  it.each(['x', 'AAAAAAAAAAAAAAAAAAAAAA', 'AAAAAAAAAAAAAAAAAAAAAB', '123456789012345678901', '\u0000', 'ё'.repeat(22)])(
    'refuse %p, which is no position of ours',
    async (afterPosition) => {
      for (const asking of [all({ afterPosition }), subscribed({ afterPosition }).next()]) {
        await expect(asking).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
      }
    },
  );
});

describe('a subscription', () => {
  it('gives what is there, says that it has caught up, and goes on with what comes', async () => {
    const prefix = `streams/live-${randomUUID()}`;
    const filter = { types: [], streamPrefix: prefix };
    const old = newEvents(3);
    await service.events.append({ stream: `${prefix}/1`, expected: ANY, events: old });
    const leave = new AbortController();
    const parts = subscribed({ filter }, leave.signal);
    const seen: string[] = [];
    let part = await nextOf(parts);
    while (part.part?.$case !== 'caughtUp') {
      if (part.part?.$case === 'events') seen.push(...idsOf(part.part.value.events));
      part = await nextOf(parts);
    }
    expect(seen).toEqual(old.map(({ id }) => id));
    for (let i = 0; i < 20; i += 1) {
      const [event] = newEvents(1);
      await service.events.append({ stream: `${prefix}/2`, expected: ANY, events: event ? [event] : [] });
      const live = await nextOf(parts);
      expect(live.part?.$case === 'events' && idsOf(live.part.value.events)).toEqual([event?.id]);
      part = live;
    }
    leave.abort();
    await expect(parts.next()).rejects.toThrow('abort');
    // It goes on behind the last position.
    const [after] = newEvents(1);
    await service.events.append({ stream: `${prefix}/3`, expected: ANY, events: after ? [after] : [] });
    const again = subscribed({ afterPosition: part.position, filter });
    const next = await nextOf(again);
    expect(next.part?.$case === 'events' && idsOf(next.part.value.events)).toEqual([after?.id]);
    await again.return?.();
  });

  it('from now gives only what comes', async () => {
    const stream = newStream('now');
    await service.events.append({ stream, expected: ANY, events: newEvents(1) });
    const parts = subscribed({ fromNow: true });
    expect((await nextOf(parts)).part?.$case).toBe('caughtUp');
    const [event] = newEvents(1);
    await service.events.append({ stream, expected: ANY, events: event ? [event] : [] });
    const part = await nextOf(parts);
    expect(part.part?.$case === 'events' && idsOf(part.part.value.events)).toEqual([event?.id]);
    await parts.return?.();
  });

  it('sees what a foreign writer of the database appends', async () => {
    const parts = subscribed({ fromNow: true });
    expect((await nextOf(parts)).part?.$case).toBe('caughtUp');
    await database.admin(
      `select * from storage.append_events(array['local'], array['foreign/1'], array[0], array[1], array['f-1'], array['t'],
         array['s'], array[''], array[now()], array['a/b'], array[''], array[''], array[''], array[2], 'ab'::bytea)`,
    );
    const part = await nextOf(parts);
    expect(part.part?.$case === 'events' && idsOf(part.part.value.events)).toEqual(['f-1']);
    await parts.return?.();
  });
});
