import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Direction, type Event } from '@exempla/contracts/storage/v1/event_store_service';
import { status } from '@exempla/rpc';
import { startTestServer, type TestServer } from './database.ts';
import {
  ABSENT,
  ANY,
  at,
  EXISTS,
  idsOf,
  newEvent,
  newEvents,
  newStream,
  readAll,
  readStream,
  revisionsOf,
} from './event-client.ts';
import { startService, type TestService } from './service.ts';

let server: TestServer;
let service: TestService;

beforeAll(async () => {
  server = await startTestServer();
  service = await startService(await server.database());
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

const read = (stream: string, request?: Parameters<typeof readStream>[2]) => readStream(service, stream, request);
const all = (request?: Parameters<typeof readAll>[1]) => readAll(service, request);

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

  it('takes a thousand events of which every field is there', async () => {
    const full = {
      ...{ source: 's'.repeat(300), subject: 's'.repeat(300), schema: 's'.repeat(300), contentType: 'text/plain' },
      ...{ time: new Date(1), correlationId: 'c'.repeat(100), causationId: 'c'.repeat(100) },
    };
    const requests = Array.from({ length: 100 }, () => ({
      stream: newStream(),
      expected: ANY,
      events: Array.from({ length: 10 }, () => newEvent(full)),
    }));
    const { results } = await service.events.appendBatch({ requests });
    expect(results.every(({ outcome }) => outcome?.$case === 'appended')).toBe(true);
  });

  it('S2-20 reads a stream that nobody has written to as empty', async () => {
    expect(await read('streams/nobody')).toEqual([]);
  });

  it('S2-18 S2-40 reads from a revision on, which is read too, in both directions, up to a limit', async () => {
    const stream = newStream();
    await service.events.append({ stream, expected: ANY, events: newEvents(7) });
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
    await service.events.append({ stream, expected: at(0n), events: newEvents(2) });
    const refusal = (expected: typeof ABSENT | ReturnType<typeof at>) =>
      service.events.append({ stream, expected, events: newEvents(1) });
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
    await expect(
      service.events.append({ stream: absent, expected: EXISTS, events: newEvents(1) }),
    ).rejects.toMatchObject({
      metadata: { expected: 'exists', actual: '0' },
    });
    await service.events.append({ stream, expected: EXISTS, events: newEvents(1) });
    expect(await read(stream)).toHaveLength(3);
  });

  it('answers an append that comes again as it did before, and adds nothing', async () => {
    const stream = newStream();
    const [batch, more] = [newEvents(3), newEvents(2)];
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
      batch.slice(0, 2).concat(newEvents(1)),
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
    for (let i = 0; i < 10; i += 1) await service.events.append({ stream, expected: ANY, events: newEvents(1000) });
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
    const twice = newEvents(1);
    const { results } = await service.events.appendBatch({
      requests: [
        { stream: a, expected: at(0n), events: newEvents(2) },
        { stream: b, expected: at(4n), events: newEvents(1) },
        { stream: a, expected: ANY, events: twice },
        { stream: a, expected: at(3n), events: newEvents(1) },
        { stream: a, expected: at(3n), events: newEvents(1) },
        { stream: a, expected: ANY, events: twice },
        { stream: c, expected: EXISTS, events: newEvents(1) },
        { stream: c, expected: ANY, events: [newEvent({ id: 'x' }), newEvent({ id: 'x' })] },
        { stream: b, expected: ANY, events: newEvents(1) },
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
    await service.events.append({ stream: b, expected: ABSENT, events: newEvents(1) });
    const requests = [
      { stream: a, expected: ABSENT, events: newEvents(2) },
      { stream: b, expected: EXISTS, events: newEvents(3) },
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
