import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EventStore, newEvent } from '@exempla/eventsourcing';
import { eventStoreContract, orderModuleContract, testCall } from '@exempla/eventsourcing/testing';
import { standingStill } from '@exempla/testing';
import type { PostgresPool } from '../src/adapters/postgres-pool.ts';
import { startTestServer, type TestServer } from './database.ts';
import { GrpcEventStore } from './grpc-event-store.ts';
import { startService, type TestService } from './service.ts';

/** Of a case that takes seconds on two cores that have other things to do. */
const TEST_MS = 120_000;

/** Counts the statements of the pool from now on. */
function countQueries(pool: PostgresPool): { count: number } {
  const counted = { count: 0 };
  const query = pool.query.bind(pool);
  pool.query = (...given) => {
    counted.count += 1;
    return query(...given) as never;
  };
  return counted;
}

let server: TestServer;
let service: TestService;
let store: EventStore;
beforeAll(async () => {
  server = await startTestServer();
  service = await startService(await server.database());
  store = new GrpcEventStore(service.events);
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

// S2-17, S2-18, S2-20, S2-21, S2-22, S2-38, S2-39, S2-40
describe('the event store of the service, through gRPC', () => {
  it.each(eventStoreContract(() => store))(
    '$name',
    async ({ run }) => {
      await expect(run()).resolves.toBeUndefined();
    },
    TEST_MS,
  );

  it(
    'S2-18: 10,000 events of 100 MB are read in order, page by page, no further ahead than some pages',
    async () => {
      const call = testCall({ remainingMs: TEST_MS });
      const text = 'x'.repeat(10_000);
      for (let first = 0; first < 10_000; first += 250) {
        const events = Array.from({ length: 250 }, (_, index) =>
          newEvent({ type: 'test', data: { number: first + index, text } }, { source: 'test', tenant: call.tenant }),
        );
        await store.append(call, { stream: 's', events, expected: { type: 'exact', version: first } });
      }
      const pages = countQueries(service.pool);
      let next = 0;
      let ahead = 0;
      for await (const { data, version } of store.readStream(call, { stream: 's' })) {
        const { number } = data as { number: number };
        if (number !== next || version !== next + 1) throw new Error(`event ${number} at ${version} after ${next}`);
        if (next === 0) ahead = await standingStill(() => Promise.resolve(pages.count), 10_000);
        next += 1;
      }
      expect(next).toBe(10_000);
      expect(ahead).toBeLessThan(50);
      expect(pages.count).toBeGreaterThan(80);
    },
    TEST_MS,
  );
});

// S2-23, S2-24, S2-25, S2-42, S2-43
describe('the order module over the event store of the service', () => {
  it.each(orderModuleContract(() => store))(
    '$name',
    async ({ run }) => {
      await expect(run()).resolves.toBeUndefined();
    },
    TEST_MS,
  );
});
