import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Budget, ReserveResponse } from '@exempla/contracts/storage/v1/budget_service';
import { type RemoteError, status } from '@exempla/rpc';
import { tenant } from './child-errors.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';
import { startService, type TestService } from './service.ts';

let server: TestServer;
let database: TestDatabase;
/** Three processes in one: each has connections of its own to the same database. */
let services: [TestService, TestService, TestService];
beforeAll(async () => {
  server = await startTestServer();
  database = await server.database();
  services = [
    await startService(database),
    await startService(database, { budgetMicros: 70n }),
    await startService(database, { budgetPeriod: 'day' }),
  ];
});
afterAll(async () => {
  for (const { stop } of services) await stop();
  await server.stop();
});

type Whose = ReturnType<typeof tenant>;

const LIFETIME = { seconds: 600n, nanos: 0 };
/** What the server allows: a busy machine takes its time for 200 at once. */
const TIMEOUT_MS = 30_000;
const none = { limitMicros: undefined, ownLimit: false, spentMicros: 0n, reservedMicros: 0n, lostMicros: 0n };
const used = (costMicros: bigint, model = 'small') => ({
  model,
  answers: 1n,
  inputTokens: 7n,
  outputTokens: 3n,
  costMicros,
});

const reserve = (whose: Whose, maxMicros: bigint, { reservation = randomUUID() as string, by = 0 } = {}) =>
  services[by as 0 | 1 | 2].budgets.reserve(
    { reservation, maxMicros, lifetime: LIFETIME },
    { ...whose, timeoutMs: TIMEOUT_MS },
  );
const settle = (whose: Whose, reservation: string, ...usage: ReturnType<typeof used>[]) =>
  services[0].budgets.settle({ reservation, usage }, whose);
const budgetOf = (whose: Whose): Promise<Budget> => services[0].budgets.getBudget({}, whose);
const limit = (whose: Whose, limitMicros: bigint | undefined) => services[0].budgets.setBudget({ limitMicros }, whose);
const refusal = (call: Promise<unknown>): Promise<RemoteError> =>
  call.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: unknown) => error as RemoteError,
  );

/** The database's clock is its own: what is to be over is made so. */
const expire = (whose: Whose) =>
  database.admin(`update storage.budget_reservations set expire_time = clock_timestamp() where tenant = $1`, [
    whose.tenant,
  ]);

describe('a budget over gRPC', () => {
  it('lets through what it has room for and no more, whoever asks, however many at once', async () => {
    const whose = tenant();
    await limit(whose, 500n);
    const calls = Array.from({ length: 200 }, (_, i) => reserve(whose, 10n, { by: i % 2 }));
    const outcomes = await Promise.allSettled<ReserveResponse>(calls);
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as RemoteError] : [],
    );
    expect(outcomes.length - refused.length).toBe(50);
    expect(new Set(refused.map(({ code, reason }) => `${status[code]} ${reason}`))).toEqual(
      new Set(['RESOURCE_EXHAUSTED BUDGET_EXHAUSTED']),
    );
    expect(await budgetOf(whose)).toMatchObject({ limitMicros: 500n, spentMicros: 0n, reservedMicros: 500n });
  });

  it('says what is in the way, and when to ask again', async () => {
    const whose = tenant();
    await limit(whose, 100n);
    const held = randomUUID();
    await reserve(whose, 60n, { reservation: held });
    const inTheWay = await refusal(reserve(whose, 50n));
    expect(inTheWay.metadata).toMatchObject({
      limit_micros: '100',
      spent_micros: '0',
      reserved_micros: '60',
      max_micros: '50',
    });
    expect(inTheWay.details.retryAfterMs).toBe(1_000);
    await settle(whose, held, used(60n));
    const spent = await refusal(reserve(whose, 50n));
    expect(spent.metadata).toMatchObject({ spent_micros: '60', reserved_micros: '0' });
    expect(spent.details.retryAfterMs).toBeGreaterThan(1_000);
    expect(spent.details.retryAfterMs).toBeLessThanOrEqual(3_600_000);
    expect(spent.metadata['reset_time']).toBe((await budgetOf(whose)).resetTime?.toISOString());
  });

  it('is the one of the service for who has none of its own', async () => {
    const whose = tenant();
    await reserve(whose, 71n);
    const other = tenant();
    expect((await refusal(reserve(other, 71n, { by: 1 }))).metadata).toMatchObject({ limit_micros: '70' });
    await reserve(other, 70n, { by: 1 });
    expect(await limit(other, 0n)).toMatchObject({ limitMicros: 0n, ownLimit: true });
    await reserve(other, 0n);
    expect((await refusal(reserve(other, 1n))).reason).toBe('BUDGET_EXHAUSTED');
    expect(await limit(other, undefined)).toMatchObject({ ...none, reservedMicros: 70n });
  });

  it('counts a reservation once, and raises one that is asked for again with more', async () => {
    const whose = tenant();
    await limit(whose, 100n);
    const reservation = randomUUID();
    await Promise.all([reserve(whose, 60n, { reservation }), reserve(whose, 60n, { reservation, by: 1 })]);
    await reserve(whose, 100n, { reservation });
    await reserve(whose, 5n, { reservation });
    expect((await refusal(reserve(whose, 101n, { reservation }))).reason).toBe('BUDGET_EXHAUSTED');
    expect(await budgetOf(whose)).toMatchObject({ reservedMicros: 100n });
  });

  it('counts what was used in full, once, and gives the rest back', async () => {
    const whose = tenant();
    await limit(whose, 100n);
    const [less, more, nothing] = [randomUUID(), randomUUID(), randomUUID()];
    for (const reservation of [less, more, nothing]) await reserve(whose, 30n, { reservation });
    await Promise.all([settle(whose, less, used(10n)), settle(whose, less, used(10n))]);
    await settle(whose, more, used(40n), used(5n, 'large'));
    await settle(whose, nothing);
    expect(await budgetOf(whose)).toMatchObject({ spentMicros: 55n, reservedMicros: 0n });
    expect((await refusal(reserve(whose, 1n, { reservation: nothing }))).reason).toBe('RESERVATION_OVER');
    // What needs no reservation is counted all the same; also when that takes it over the limit.
    await settle(whose, randomUUID(), used(50n));
    expect(await budgetOf(whose)).toMatchObject({ spentMicros: 105n, reservedMicros: 0n });
  });

  it('has back what a caller reserved that is never heard of again, and tells of it', async () => {
    const whose = tenant();
    await limit(whose, 100n);
    const reservation = randomUUID();
    await reserve(whose, 100n, { reservation });
    expect((await refusal(reserve(whose, 100n))).reason).toBe('BUDGET_EXHAUSTED');
    await expire(whose);
    expect(await budgetOf(whose)).toMatchObject({ reservedMicros: 0n, lostMicros: 100n });
    const next = randomUUID();
    await reserve(whose, 100n, { reservation: next });
    expect(await budgetOf(whose)).toMatchObject({ reservedMicros: 100n, lostMicros: 100n });
    expect(services[0].log.lines).toContainEqual(
      expect.objectContaining({ level: 40, tenant: whose.tenant, reservations: 1, micros: '100' }),
    );
    // It is heard of after all.
    await settle(whose, reservation, used(20n));
    expect(await budgetOf(whose)).toMatchObject({ spentMicros: 20n, reservedMicros: 100n, lostMicros: 0n });
  });

  /** As if it were told by a clock that is so far ahead of the one there is now. */
  const putAhead = (whose: Whose, by: string) =>
    database.admin(`update storage.budgets set start_time = start_time + interval '${by}' where tenant = $1`, [
      whose.tenant,
    ]);

  async function spent(whose: Whose, micros: bigint, by: 0 | 1 | 2 = 0): Promise<void> {
    const reservation = randomUUID();
    await reserve(whose, micros, { reservation, by });
    await services[by].budgets.settle({ reservation, usage: [used(micros)] }, whose);
  }

  it('is spent once, though the clock was set back over the end of the period', async () => {
    const whose = tenant();
    await limit(whose, 100n);
    await spent(whose, 80n);
    const { startTime, resetTime } = await budgetOf(whose);
    await putAhead(whose, '1 month');
    expect(await budgetOf(whose)).toMatchObject({ spentMicros: 80n, startTime: resetTime });
    const refused = await refusal(reserve(whose, 30n));
    expect(refused.metadata).toMatchObject({ spent_micros: '80' });
    const next = (await budgetOf(whose)).resetTime;
    expect(refused.metadata).toMatchObject({ reset_time: next?.toISOString() });
    expect(next).not.toEqual(resetTime);
    // Of a clock that was wrong by far nothing is kept: nobody waits for years.
    await putAhead(whose, '1 day');
    expect(await budgetOf(whose)).toMatchObject({ spentMicros: 0n, startTime, resetTime });
    await reserve(whose, 30n);
  });

  it('is spent once, though replicas differ in the period while they are replaced', async () => {
    const whose = tenant();
    await limit(whose, 100n);
    await spent(whose, 1n);
    await spent(whose, 40n, 2);
    await spent(whose, 40n);
    expect((await refusal(reserve(whose, 30n, { by: 2 }))).metadata).toMatchObject({ reserved_micros: '0' });
    expect((await refusal(reserve(whose, 30n))).metadata).toMatchObject({ reserved_micros: '0' });
    const { resetTime } = await budgetOf(whose);
    expect(resetTime?.getUTCDate()).toBe(1);
  });

  it('begins anew with the period; what is reserved stays so', async () => {
    const whose = tenant();
    const reservation = randomUUID();
    await limit(whose, 100n);
    await reserve(whose, 40n, { reservation });
    await settle(whose, randomUUID(), used(60n));
    const month = "update storage.budgets set start_time = start_time - interval '1 month' where tenant = $1";
    await database.admin(month, [whose.tenant]);
    expect(await budgetOf(whose)).toMatchObject({ spentMicros: 0n, reservedMicros: 40n });
    await reserve(whose, 60n);
    await settle(whose, reservation, used(40n));
    expect(await budgetOf(whose)).toMatchObject({ spentMicros: 40n, reservedMicros: 60n });
  });

  it('forgets a settled reservation after a day', async () => {
    const whose = tenant();
    const reservation = randomUUID();
    await settle(whose, reservation, used(1n));
    await expire(whose);
    await reserve(whose, 1n, { reservation });
    expect(await budgetOf(whose)).toMatchObject({ spentMicros: 1n, reservedMicros: 1n });
  });
});

describe('usage over gRPC', () => {
  it('is listed by day and model, page by page', async () => {
    const whose = tenant();
    await settle(whose, randomUUID(), used(10n, 'b'), used(5n, 'a'), used(1n, 'b'));
    await database.admin(`update storage.usage set day = day - 1 where tenant = $1`, [whose.tenant]);
    await settle(whose, randomUUID(), { ...used(2n, 'b') });
    await settle(whose, randomUUID(), { ...used(2n, 'b') });
    const first = await services[0].budgets.listUsage({ pageSize: 2 }, whose);
    const { nextPageToken: pageToken } = first;
    const second = await services[0].budgets.listUsage({ pageSize: 2, pageToken }, whose);
    expect(
      [...first.usage, ...second.usage].map(({ model, answers, costMicros }) => [model, answers, costMicros]),
    ).toEqual([
      ['b', 2n, 4n],
      ['a', 1n, 5n],
      ['b', 2n, 11n],
    ]);
    expect(first.usage[0]).toMatchObject({ inputTokens: 14n, outputTokens: 6n, characters: 0n, estimated: false });
    expect(first.usage[0]?.day).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(second.nextPageToken).toBe('');
    const others = services[0].budgets.listUsage({ pageToken }, tenant());
    expect((await refusal(others)).reason).toBe('PAGE_TOKEN_INVALID');
  });

  it('adds up to what is spent', async () => {
    const whose = tenant();
    const costs = Array.from({ length: 40 }, (_, i) => BigInt(i));
    await Promise.all(costs.map((cost, i) => settle(whose, randomUUID(), used(cost, `m${i % 3}`))));
    const { usage } = await services[0].budgets.listUsage({}, whose);
    expect(usage.reduce((sum, { costMicros }) => sum + costMicros, 0n)).toBe(780n);
    expect((await budgetOf(whose)).spentMicros).toBe(780n);
  });
});

describe('who may', () => {
  it('set the budget of another tenant: an administrator of none', async () => {
    const whose = tenant();
    const error = await refusal(services[0].budgets.setBudget({ tenant: 'another', limitMicros: 1n }, whose));
    expect({ code: error.code, reason: error.reason }).toEqual({
      code: status.PERMISSION_DENIED,
      reason: 'BUDGET_OF_ANOTHER',
    });
  });

  it.each([
    { maxMicros: -1n, lifetime: LIFETIME, reservation: randomUUID() },
    { maxMicros: 1n, reservation: randomUUID() },
    { maxMicros: 1n, lifetime: { seconds: 0n, nanos: 0 }, reservation: randomUUID() },
    { maxMicros: 1n, lifetime: { seconds: 3_601n, nanos: 0 }, reservation: randomUUID() },
    { maxMicros: 1n, lifetime: LIFETIME, reservation: 'mine' },
  ])('not reserve %j', async (request) => {
    const error = await refusal(services[0].budgets.reserve(request, tenant()));
    expect(error.code).toBe(status.INVALID_ARGUMENT);
  });
});
