import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Event,
  Direction,
  type RecordedEvent,
  StreamState,
  type SubscribeResponse,
} from '@exempla/contracts/storage/v1/event_store_service';
import { status } from '@exempla/rpc';
import { startService, type TestService } from './service.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';

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

const newEvent = (change: Partial<Event> = {}): Event => ({
  id: randomUUID(),
  type: 'thing.happened',
  source: '',
  subject: '',
  time: undefined,
  data: Buffer.from('{}'),
  contentType: '',
  schema: '',
  correlationId: '',
  causationId: '',
  ...change,
});
const events = (count: number): Event[] => Array.from({ length: count }, () => newEvent());

const at = (revision: bigint) => ({ $case: 'revision', value: revision }) as const;
const ANY = { $case: 'state', value: StreamState.STREAM_STATE_ANY } as const;
const EXISTS = { $case: 'state', value: StreamState.STREAM_STATE_EXISTS } as const;
const ABSENT = { $case: 'state', value: StreamState.STREAM_STATE_ABSENT } as const;

let streams = 0;
const newStream = (prefix = 'test'): string => `streams/${prefix}/${(streams += 1)}`;

async function read(stream: string, request: { fromRevision?: bigint; direction?: Direction; limit?: bigint } = {}) {
  const found: RecordedEvent[] = [];
  for await (const page of service.events.readStream({ stream, ...request })) found.push(...page.events);
  return found;
}

const revisionsOf = (found: readonly RecordedEvent[]): number[] => found.map(({ revision }) => Number(revision));

describe('append and read a stream', () => {
  it('S2-17 keeps what it is given and fills in what is left empty', async () => {
    const stream = newStream();
    const given = newEvent({
      type: 'story.created',
      source: '/stories',
      subject: 'Лиса 🦊',
      time: new Date('2026-01-02T03:04:05.678Z'),
      data: Buffer.from([0, 255, 128, 0]),
      contentType: 'application/octet-stream',
      schema: 'https://example.com/schema',
      correlationId: 'c-1',
      causationId: 'c-0',
    });
    const appended = await service.events.append({ stream, expected: ABSENT, events: [given, newEvent()] });
    expect(appended).toMatchObject({ firstRevision: 1n, lastRevision: 2n, repeated: false });
    const [first, second] = await read(stream);
    expect(first).toMatchObject({ stream, revision: 1n, event: given });
    expect(second).toMatchObject({
      revision: 2n,
      position: appended.position,
      event: { source: stream, contentType: 'application/json', subject: '', correlationId: '' },
    });
    expect(Math.abs((second?.event?.time?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('S2-20 reads a stream that nobody has written to as empty', async () => {
    expect(await read('streams/nobody')).toEqual([]);
  });

  it('S2-18 S2-40 reads from a revision on, which is read too, in both directions, up to a limit', async () => {
    const stream = newStream();
    await service.events.append({ stream, expected: ANY, events: events(7) });
    expect(revisionsOf(await read(stream))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(revisionsOf(await read(stream, { fromRevision: 5n }))).toEqual([5, 6, 7]);
    expect(revisionsOf(await read(stream, { fromRevision: 5n, limit: 2n }))).toEqual([5, 6]);
    expect(revisionsOf(await read(stream, { fromRevision: 8n }))).toEqual([]);
    const direction = Direction.DIRECTION_BACKWARDS;
    expect(revisionsOf(await read(stream, { direction }))).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(revisionsOf(await read(stream, { direction, fromRevision: 3n }))).toEqual([3, 2, 1]);
    expect(revisionsOf(await read(stream, { direction, fromRevision: 99n, limit: 2n }))).toEqual([7, 6]);
    expect(await read(stream, { fromRevision: 2n ** 63n - 1n })).toEqual([]);
  });

  it('refuses another revision than expected, and says which there is', async () => {
    const stream = newStream();
    await service.events.append({ stream, expected: at(0n), events: events(2) });
    const refusal = (expected: typeof ABSENT | ReturnType<typeof at>) =>
      service.events.append({ stream, expected, events: events(1) });
    for (const [expected, word] of [
      [at(1n), '1'],
      [at(3n), '3'],
      [ABSENT, '0'],
      [at(2n ** 63n - 1n), String(2n ** 63n - 1n)],
    ] as const) {
      await expect(refusal(expected)).rejects.toMatchObject({
        code: status.ABORTED,
        reason: 'WRONG_EXPECTED_REVISION',
        metadata: { stream, expected: word, actual: '2' },
      });
    }
    expect(await read(stream)).toHaveLength(2);
    const absent = newStream();
    await expect(service.events.append({ stream: absent, expected: EXISTS, events: events(1) })).rejects.toMatchObject({
      metadata: { expected: 'exists', actual: '0' },
    });
    await service.events.append({ stream, expected: EXISTS, events: events(1) });
    expect(await read(stream)).toHaveLength(3);
  });

  it('answers an append that comes again as it did before, and adds nothing', async () => {
    const stream = newStream();
    const [batch, more] = [events(3), events(2)];
    const first = await service.events.append({ stream, expected: at(0n), events: batch });
    await service.events.append({ stream, expected: ANY, events: more });
    for (const expected of [at(0n), ABSENT, ANY, EXISTS]) {
      expect(await service.events.append({ stream, expected, events: batch })).toEqual({ ...first, repeated: true });
    }
    expect(await read(stream)).toHaveLength(5);
    // The same ids at another place are not the same append.
    await expect(service.events.append({ stream, expected: at(5n), events: batch })).rejects.toMatchObject({
      code: status.ALREADY_EXISTS,
      reason: 'EVENT_ID_REUSED',
    });
    await expect(service.events.append({ stream, expected: at(3n), events: batch })).rejects.toMatchObject({
      reason: 'WRONG_EXPECTED_REVISION',
    });
    for (const reused of [
      [...batch].reverse(),
      batch.slice(0, 2).concat(events(1)),
      [batch[0], batch[2]],
      [more[0], more[0]],
    ]) {
      await expect(service.events.append({ stream, expected: ANY, events: reused as Event[] })).rejects.toMatchObject({
        reason: 'EVENT_ID_REUSED',
      });
    }
    // A beginning of what is there is: those events at just that place.
    expect(await service.events.append({ stream, expected: at(0n), events: batch.slice(0, 2) })).toMatchObject({
      firstRevision: 1n,
      lastRevision: 2n,
      repeated: true,
    });
    expect(await read(stream)).toHaveLength(5);
  });

  it('streams 10,000 events in pages', async () => {
    const stream = newStream();
    for (let i = 0; i < 10; i += 1) await service.events.append({ stream, expected: ANY, events: events(1000) });
    const found = await read(stream);
    expect(revisionsOf(found)).toEqual(Array.from({ length: 10_000 }, (_, i) => i + 1));
  });

  it('reads events of a mebibyte in messages that fit', async () => {
    const stream = newStream();
    const large = Buffer.alloc(1024 * 1024, 7);
    for (let i = 0; i < 6; i += 1) {
      await service.events.append({
        stream,
        expected: ANY,
        events: [newEvent({ data: large }), newEvent({ data: large })],
      });
    }
    const found = await read(stream);
    expect(found.map(({ event }) => event?.data.equals(large))).toEqual(Array.from({ length: 12 }, () => true));
  });
});

describe('a batch', () => {
  it('has an outcome for each request, in order, and requests of one stream see each other', async () => {
    const [a, b, c] = [newStream(), newStream(), newStream()];
    const twice = events(1);
    const { results } = await service.events.appendBatch({
      requests: [
        { stream: a, expected: at(0n), events: events(2) },
        { stream: b, expected: at(4n), events: events(1) },
        { stream: a, expected: ANY, events: twice },
        { stream: a, expected: at(3n), events: events(1) },
        { stream: a, expected: at(3n), events: events(1) },
        { stream: a, expected: ANY, events: twice },
        { stream: c, expected: EXISTS, events: events(1) },
        { stream: c, expected: ANY, events: [newEvent({ id: 'x' }), newEvent({ id: 'x' })] },
        { stream: b, expected: ANY, events: events(1) },
      ],
    });
    expect(results.map(({ outcome }) => outcome)).toMatchObject([
      { $case: 'appended', value: { firstRevision: 1n, lastRevision: 2n } },
      { $case: 'conflict', value: { actual: 0n } },
      { $case: 'appended', value: { firstRevision: 3n, lastRevision: 3n } },
      { $case: 'appended', value: { firstRevision: 4n, lastRevision: 4n } },
      { $case: 'conflict', value: { actual: 4n } },
      { $case: 'appended', value: { firstRevision: 3n, lastRevision: 3n, repeated: true } },
      { $case: 'conflict', value: { actual: 0n } },
      { $case: 'idReused' },
      { $case: 'appended', value: { firstRevision: 1n, lastRevision: 1n } },
    ]);
    expect(revisionsOf(await read(a))).toEqual([1, 2, 3, 4]);
    expect(revisionsOf(await read(b))).toEqual([1]);
  });

  it('of new events goes in at once; with some that are there already the new ones go in, and none twice', async () => {
    const before = (await all({ direction: Direction.DIRECTION_BACKWARDS, limit: 1n }))[0]?.position ?? '';
    const [a, b, c] = [newStream(), newStream(), newStream()];
    await service.events.append({ stream: b, expected: ABSENT, events: events(1) });
    const requests = [
      { stream: a, expected: ABSENT, events: events(2) },
      { stream: b, expected: EXISTS, events: events(3) },
    ];
    const first = await service.events.appendBatch({ requests });
    expect(first.results.map(({ outcome }) => outcome)).toMatchObject([
      { $case: 'appended', value: { firstRevision: 1n, lastRevision: 2n, repeated: false } },
      { $case: 'appended', value: { firstRevision: 2n, lastRevision: 4n, repeated: false } },
    ]);
    const given = requests.flatMap((request) => request.events.map(({ id }) => id));
    const found = await all({ afterPosition: before });
    expect(idsOf(found).slice(1)).toEqual(given);
    // The answers' positions are those of the last events.
    const positions = first.results.map(({ outcome }) => outcome?.$case === 'appended' && outcome.value.position);
    expect(positions).toEqual([found[2]?.position, found[5]?.position]);

    const again = requests.map((request) => ({ ...request, expected: ANY }));
    const more = { stream: c, expected: ANY, events: [newEvent({ subject: 'a "quoted" \\ {subject}, NULL' })] };
    const second = await service.events.appendBatch({ requests: [more, ...again] });
    const [added, ...repeated] = second.results.map(({ outcome }) => outcome);
    expect(added).toMatchObject({ $case: 'appended', value: { firstRevision: 1n, repeated: false } });
    expect(repeated).toEqual(
      first.results.map(({ outcome }) => ({ $case: 'appended', value: { ...outcome?.value, repeated: true } })),
    );
    const [last] = await all({ direction: Direction.DIRECTION_BACKWARDS, limit: 1n });
    expect(last).toMatchObject({ stream: c, event: more.events[0] && { subject: more.events[0].subject } });
    expect(idsOf(await all({ afterPosition: before }))).toHaveLength(1 + 5 + 1);
  });
});

async function all(request: Parameters<TestService['events']['readAll']>[0] = {}): Promise<RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  for await (const page of service.events.readAll(request)) found.push(...page.events);
  return found;
}

const idsOf = (found: readonly RecordedEvent[]): string[] => found.map(({ event }) => event?.id ?? '');

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

function subscribed(request: Parameters<TestService['events']['subscribe']>[0], signal?: AbortSignal) {
  const options = signal ? { signal } : {};
  return service.events.subscribe(request, options)[Symbol.asyncIterator]() as AsyncIterator<SubscribeResponse>;
}

/** The parts of a subscription, one at a time. */
async function nextOf(parts: AsyncIterator<SubscribeResponse>): Promise<SubscribeResponse> {
  const { value, done } = await parts.next();
  if (done) throw new Error('the subscription ended');
  return value as SubscribeResponse;
}

describe('a subscription', () => {
  it('gives what is there, says that it has caught up, and goes on with what comes', async () => {
    const prefix = `streams/live-${randomUUID()}`;
    const filter = { types: [], streamPrefix: prefix };
    const old = events(3);
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
      const [event] = events(1);
      await service.events.append({ stream: `${prefix}/2`, expected: ANY, events: event ? [event] : [] });
      const live = await nextOf(parts);
      expect(live.part?.$case === 'events' && idsOf(live.part.value.events)).toEqual([event?.id]);
      part = live;
    }
    leave.abort();
    await expect(parts.next()).rejects.toThrow('abort');
    // It goes on behind the last position.
    const [after] = events(1);
    await service.events.append({ stream: `${prefix}/3`, expected: ANY, events: after ? [after] : [] });
    const again = subscribed({ afterPosition: part.position, filter });
    const next = await nextOf(again);
    expect(next.part?.$case === 'events' && idsOf(next.part.value.events)).toEqual([after?.id]);
    await again.return?.();
  });

  it('from now gives only what comes', async () => {
    const stream = newStream('now');
    await service.events.append({ stream, expected: ANY, events: events(1) });
    const parts = subscribed({ fromNow: true });
    expect((await nextOf(parts)).part?.$case).toBe('caughtUp');
    const [event] = events(1);
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
