import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { eventually } from '@exempla/testing';
import { callOf } from '../calls.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../database.ts';
import { startService, type TestService } from '../service.ts';
import { MOVES } from './moves.ts';
import { firstDifference, play, playAtOnce, type Turn } from './play.ts';
import { type Rpc, storageRpcs, storageServices } from './rpcs.ts';
import { countsOf, tenantTables, withoutPolicies } from './catalogue.ts';
import { withoutConditions } from './without-conditions.ts';

/** Hundreds of calls, one after the other. */
jest.setTimeout(120_000);

/** TENANCY_SEEDS=2,3,4 tries others. */
const SEEDS = process.env['TENANCY_SEEDS']?.split(',').map(Number) ?? [1, 20_261_121];

let server: TestServer;
let rpcs: Rpc[];
/** Both tenants have one of these. */
let together: Site;
const sites: Site[] = [];

beforeAll(async () => {
  server = await startTestServer();
  rpcs = await storageRpcs();
  together = await site();
});
afterAll(async () => {
  for (const { stop } of sites) await stop();
  await server.stop();
});

interface Site {
  readonly database: TestDatabase;
  readonly service: TestService;
  /** What somebody who has nothing was told while he watched the events to come: that there are none. */
  readonly told: string[];
  stop(): Promise<void>;
}

/** A service on a database of its own. With somebody who watches it keeps the newest events of all in memory. */
async function site(): Promise<Site> {
  const database = await server.database();
  const service = await startService(database, { poolMinSize: 1, poolMaxSize: 8 });
  const leave = new AbortController();
  const told: string[] = [];
  const watched = service.events.subscribe({ fromNow: true }, { tenant: 'nobody', signal: leave.signal });
  const watching = (async () => {
    for await (const { part } of watched) told.push(part?.$case ?? '');
  })().catch((error: unknown) => {
    if (!leave.signal.aborted) throw error;
  });
  await eventually('somebody watches', () => told.length > 0);
  const stop = async (): Promise<void> => {
    leave.abort(new Error('left'));
    await watching;
    await service.stop();
  };
  const made = { database, service, told, stop };
  sites.push(made);
  return made;
}

/** The same calls of two tenants in one database, and in two where the other does not exist. */
async function bothWays(seed: number, one: TestService, turns = 15): Promise<{ shared: Turn[]; alone: Turn[] }> {
  const [first, second] = [await site(), await site()];
  const shared = await play(rpcs, [one, one], { seed, turns });
  const alone = await play(rpcs, [first.service, second.service], { seed, turns });
  return { shared, alone };
}

describe('tenants', () => {
  const outcomes = { answered: new Set<string>(), refused: new Set<string>() };

  it('know how to call every RPC, and no other', async () => {
    const services = await storageServices();
    const there = services.flatMap(({ name, methods }) => Object.keys(methods).map((method) => `${name}/${method}`));
    const known = Object.entries(MOVES).flatMap(([name, moves]) => Object.keys(moves).map((m) => `${name}/${m}`));
    expect(there.length).toBeGreaterThanOrEqual(11);
    expect(known.sort()).toEqual(there.sort());
  });

  it.each(SEEDS)('get the answers they would get alone, to every RPC (seed %i)', async (seed) => {
    const { shared, alone } = await bothWays(seed, together.service);
    expect(firstDifference(shared, alone)).toBe('');
    for (const { ok, rpc } of shared) outcomes[ok ? 'answered' : 'refused'].add(rpc);
  });

  it('get real answers from every RPC, and refusals from all but those that find nothing instead', () => {
    const names = rpcs.map(({ name }) => name);
    expect(names.filter((name) => !outcomes.answered.has(name))).toEqual([]);
    expect(outcomes.refused.size).toBeGreaterThan(names.length / 2);
  });

  it('see nothing of each other when they call at once', async () => {
    expect(await playAtOnce(rpcs, together.service, 3)).toEqual([]);
    expect(together.told).toEqual(['caughtUp']);
  });
});

describe('a row of a tenant', () => {
  const nobody = () => callOf('');
  let tables: string[];
  beforeAll(async () => {
    await playAtOnce(rpcs, together.service, 6);
    tables = await tenantTables(together.database);
    const rows = await countsOf(tables, (text) => together.database.admin<{ count: number }>(text));
    // There is something to be hidden.
    expect(rows.length).toBeGreaterThanOrEqual(4);
    expect(rows.filter(({ count }) => count > 0).length).toBeGreaterThanOrEqual(3);
  });

  const none = () => tables.map((table) => ({ table, count: 0 }));

  it('is not there for a fresh connection of the service that names no tenant', async () => {
    const client = new pg.Client({ connectionString: together.database.url });
    await client.connect();
    try {
      const rows = await countsOf(tables, async (text) => (await client.query<{ count: number }>(text)).rows);
      expect(rows).toEqual(none());
    } finally {
      await client.end();
    }
  });

  it('is not there for any connection of the pool, used by tenants before', async () => {
    const { pool } = together.service;
    for (let i = 0; i < 3 * pool.stats.max; i += 1) {
      const tenant = `alpha-7f3a-${SEEDS[i % SEEDS.length]}`;
      await pool.query(callOf(tenant), 'select 1 from storage.definitions');
      await pool.transaction(callOf(tenant), (session) => session.run('select 1 from storage.definitions'));
      expect(await countsOf(tables, (text) => pool.withoutTenant<{ count: number }>(nobody(), text))).toEqual(none());
    }
    const all = await Promise.all(
      Array.from({ length: pool.stats.max }, () =>
        pool.withoutTenant<{ count: number }>(
          nobody(),
          'select count(*)::int as count, pg_sleep(0.05) from storage.objects',
        ),
      ),
    );
    expect(all.map(([row]) => row?.count)).toEqual(all.map(() => 0));
  });

  it('is not there for another tenant, whatever the statement asks for', async () => {
    const counts = await countsOf(tables, (text) =>
      together.service.pool.query<{ count: number }>(callOf('gamma'), text),
    );
    expect(counts).toEqual(none());
  });
});

describe('a statement that forgot its tenant', () => {
  it('shows nothing of others: the database does not let it', async () => {
    const { service } = await site();
    const { result, stripped } = await withoutConditions(async () => ({
      ...(await bothWays(4, service, 8)),
      leaks: await playAtOnce(rpcs, service, 5),
    }));
    expect(stripped).toBeGreaterThan(100);
    expect(firstDifference(result.shared, result.alone)).toBe('');
    expect(result.leaks).toEqual([]);
  });

  it('shows all of them where the policies are gone, which these tests notice', async () => {
    const { service, database } = await site();
    const { result } = await withoutConditions(() =>
      withoutPolicies(database, async () => ({
        ...(await bothWays(4, service, 8)),
        leaks: await playAtOnce(rpcs, service, 5),
        seen: await countsOf(['storage.definitions'], (text) => service.pool.withoutTenant(callOf(''), text)),
      })),
    );
    expect(firstDifference(result.shared, result.alone)).not.toBe('');
    expect(new Set(result.leaks.map(({ rpc }) => rpc)).size).toBeGreaterThanOrEqual(5);
    expect(result.seen).not.toEqual([{ table: 'storage.definitions', count: 0 }]);
  });
});
