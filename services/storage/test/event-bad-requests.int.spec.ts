import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Direction, type Event, StreamState } from '@exempla/contracts/storage/v1/event_store_service';
import { type RemoteError, status } from '@exempla/rpc';
import { MetricRegistry } from '@exempla/telemetry';
import { openEvents } from '../src/adapters/open-events.ts';
import { PageTokenKey } from '../src/adapters/page-token-key.ts';
import { callOf, failureOf } from './calls.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';
import { appendOf } from './event-fixtures.ts';
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

const MIB = 1024 * 1024;
const any = { $case: 'state', value: StreamState.STREAM_STATE_ANY } as const;
const newEvent = (change: Partial<Event> = {}) => ({ id: randomUUID(), type: 't', data: Buffer.alloc(0), ...change });
const append = (change: Partial<Event>, request: object = {}): Promise<unknown> =>
  service.events.append({ stream: 'streams/bad', expected: any, events: [newEvent(change)], ...request });

async function drain(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const message of stream) all.push(message);
  return all;
}

describe('bad requests to the event store', () => {
  const bad: [field: string, what: string, act: () => Promise<unknown>][] = [
    ['stream', 'no stream', () => append({}, { stream: '' })],
    ['stream', 'a name without its collection', () => append({}, { stream: 'orders/1' })],
    ['stream', 'U+0000 in the stream', () => append({}, { stream: 'streams/a\0b' })],
    ['stream', 'Unicode in the stream', () => append({}, { stream: 'streams/лиса' })],
    ['stream', 'a name that leads out', () => append({}, { stream: 'streams/../x' })],
    ['stream', 'a name of 301 characters', () => append({}, { stream: `streams/${'a'.repeat(293)}` })],
    ['expected', 'nothing expected', () => append({}, { expected: undefined })],
    ['revision', 'a negative revision', () => append({}, { expected: { $case: 'revision', value: -1n } })],
    ['state', 'an unknown state', () => append({}, { expected: { $case: 'state', value: 9 } })],
    ['events', 'no events', () => append({}, { events: [] })],
    ['events', '1,001 events', () => append({}, { events: Array.from({ length: 1001 }, () => newEvent()) })],
    ['events[0].id', 'an empty id', () => append({ id: '' })],
    ['events[0].id', 'a blank in an id', () => append({ id: 'a b' })],
    ['events[0].id', 'U+0000 in an id', () => append({ id: 'a\0' })],
    ['events[0].id', 'an id of 101 characters', () => append({ id: 'a'.repeat(101) })],
    ['events[0].type', 'an empty type', () => append({ type: '' })],
    ['events[0].type', 'Unicode in a type', () => append({ type: 'событие' })],
    ['events[0].subject', 'U+0000 in a subject', () => append({ subject: 'a\0b' })],
    ['events[0].subject', 'a subject of 301 characters', () => append({ subject: 'ä'.repeat(301) })],
    ['events[0].content_type', 'a content type that is none', () => append({ contentType: 'json' })],
    ['events[0].schema', 'a blank in a schema', () => append({ schema: 'a b' })],
    ['events[0].correlation_id', 'a long correlation id', () => append({ correlationId: 'a'.repeat(101) })],
    ['events[0].causation_id', 'a control character', () => append({ causationId: '\n' })],
    ['events[0].data', 'an event of a mebibyte and a byte', () => append({ data: Buffer.alloc(MIB + 1) })],
    ['events[0].time', 'a time of the year 10000', () => append({ time: new Date(253_402_300_800_000) })],
    ['requests', 'an empty batch', () => service.events.appendBatch({ requests: [] })],
    [
      'requests[1].events[0].id',
      'a bad request in a batch',
      () =>
        service.events.appendBatch({
          requests: [newEvent(), newEvent({ id: '' })].map((event) => ({
            stream: 'streams/bad',
            expected: any,
            events: [event],
          })),
        }),
    ],
    [
      'from_revision',
      'a negative revision',
      () => drain(service.events.readStream({ stream: 'streams/a', fromRevision: -1n })),
    ],
    ['limit', 'a negative limit', () => drain(service.events.readStream({ stream: 'streams/a', limit: -1n }))],
    [
      'direction',
      'a direction that is none',
      () => drain(service.events.readStream({ stream: 'streams/a', direction: 7 as Direction })),
    ],
    [
      'after_position',
      'a position of 101 characters',
      () => drain(service.events.readAll({ afterPosition: 'a'.repeat(101) })),
    ],
    [
      'filter.types[0]',
      'an empty type',
      () => drain(service.events.readAll({ filter: { types: [''], streamPrefix: '' } })),
    ],
    [
      'filter.stream_prefix',
      'a prefix that is none',
      () => drain(service.events.readAll({ filter: { types: [], streamPrefix: 'a%' } })),
    ],
    ['', 'two beginnings', () => drain(service.events.subscribe({ afterPosition: 'x', fromNow: true }))],
  ];
  it.each(bad)('%s: %s', async (field, _, act) => {
    const error = (await failureOf(act())) as RemoteError;
    expect([error.code, error.reason]).toEqual([status.INVALID_ARGUMENT, 'INVALID_REQUEST']);
    expect(error.details.violations?.map((violation) => violation.field)).toContain(field);
  });

  it('are refused as too large when their events are, all in all', async () => {
    const three = Array.from({ length: 4 }, () => newEvent({ data: Buffer.alloc(0.9 * MIB) }));
    const error = (await failureOf(
      service.events.append({ stream: 'streams/bad', expected: any, events: three }),
    )) as RemoteError;
    expect([error.code, error.reason]).toEqual([status.INVALID_ARGUMENT, 'APPEND_TOO_LARGE']);
    expect(error.metadata).toMatchObject({ events: '4', max_events: '1000', max_bytes: String(3 * MIB) });
    const requests = Array.from({ length: 2 }, () => ({
      stream: 'streams/bad',
      expected: any,
      events: Array.from({ length: 600 }, () => newEvent()),
    }));
    await expect(service.events.appendBatch({ requests })).rejects.toMatchObject({ reason: 'APPEND_TOO_LARGE' });
  });

  it('of 10 MB are refused before they are read', async () => {
    await expect(append({ data: Buffer.alloc(10 * MIB) })).rejects.toMatchObject({ code: status.RESOURCE_EXHAUSTED });
  });

  it('have left nothing behind', async () => {
    expect(await drain(service.events.readStream({ stream: 'streams/bad' }))).toEqual([]);
    expect(await database.admin('select 1 from storage.events')).toEqual([]);
  });
});

describe('odd requests that are fine', () => {
  it('events of no bytes, huge revisions and limits, far times', async () => {
    const stream = 'streams/odd';
    const times = [new Date('0001-01-01T00:00:00Z'), new Date(0), new Date('9999-12-31T23:59:59.999Z')];
    await service.events.append({ stream, expected: any, events: times.map((time) => newEvent({ time })) });
    const [page] = (await drain(
      service.events.readStream({
        stream,
        limit: 2n ** 63n - 1n,
        direction: Direction.DIRECTION_BACKWARDS,
        fromRevision: 2n ** 63n - 1n,
      }),
    )) as { events: { event: Event }[] }[];
    expect(page?.events.map(({ event }) => [event.time, event.data.length])).toEqual(
      times.reverse().map((time) => [time, 0]),
    );
  });
});

describe('the metrics of the event store', () => {
  it('tell of batches, of events that wait and of subscriptions', async () => {
    const metrics = new MetricRegistry();
    const { pool, url } = database;
    const events = openEvents({
      pool,
      key: new PageTokenKey(pool),
      databaseUrl: url,
      statementTimeoutMs: 5_000,
      log: service.log.logger,
      metrics,
    });
    const valueOf = (name: string) => metrics.read().find(({ metric }) => metric.name === name)?.points[0]?.value;
    const appending = Promise.all(
      ['a', 'b', 'c'].map((id) => events.queue.append(callOf('m'), [appendOf(id, { tenant: 'm' })])),
    );
    expect(valueOf('exempla.events.append.waiting')).toBe(3);
    await appending;
    expect(valueOf('exempla.events.append.waiting')).toBe(0);
    expect(valueOf('exempla.events.append.batch_size')).toMatchObject({ count: 1, sum: 3 });
    expect(valueOf('exempla.events.subscriptions')).toBe(0);
    await events.stop();
    expect(valueOf('exempla.events.subscriptions')).toBeUndefined();
  });
});
