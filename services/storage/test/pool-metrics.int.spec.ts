import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MetricRegistry } from '@exempla/telemetry';
import { eventually } from '@exempla/testing';
import { callOf, failureOf } from './calls.ts';
import { startTestServer, type TestServer } from './database.ts';
import { activeQueries, SLEEP } from './pools.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe('the metrics of the pool', () => {
  const valueOf = (metrics: MetricRegistry, name: string, state?: string): unknown => {
    const points = metrics.read().find(({ metric }) => metric.name === name)?.points ?? [];
    const point = points.find(({ labels }) => state === undefined || labels['db.client.connection.state'] === state);
    return typeof point?.value === 'object' ? point.value.count : point?.value;
  };

  it('tell of connections, of those who wait and how long, and of those who got none (S3-104)', async () => {
    const metrics = new MetricRegistry();
    const database = await server.database({ minSize: 0, maxSize: 1, metrics });
    const { pool } = database;
    const leave = new AbortController();
    const holding = failureOf(pool.query(callOf('t', { signal: leave.signal }), SLEEP));
    await eventually('the statement runs', async () => (await activeQueries(database)) === 1);
    const waiting = failureOf(pool.query(callOf('t', { remainingMs: 100 }), 'select 1'));
    expect(valueOf(metrics, 'db.client.connection.pending_requests')).toBe(1);
    expect(valueOf(metrics, 'db.client.connection.count', 'used')).toBe(1);
    expect(valueOf(metrics, 'db.client.connection.max')).toBe(1);
    expect(await waiting).toMatchObject({ reason: 'POOL_EXHAUSTED' });
    expect(valueOf(metrics, 'db.client.connection.timeouts')).toBe(1);
    leave.abort(new Error('left'));
    await holding;
    await pool.query(callOf('t'), 'select 1');
    expect(valueOf(metrics, 'db.client.connection.wait_time')).toBe(3);
    expect(valueOf(metrics, 'db.client.connection.count', 'used')).toBe(0);
    expect(valueOf(metrics, 'db.client.connection.count', 'idle')).toBe(1);
    await pool.close();
    expect(valueOf(metrics, 'db.client.connection.max')).toBeUndefined();
  });
});
