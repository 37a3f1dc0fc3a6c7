import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BudgetServiceDefinition } from '@exempla/contracts/storage/v1/budget_service';
import { Spending, StorageBudget } from '@exempla/budget';
import { createClient, openChannel, status, type Channel } from '@exempla/rpc';
import { METRICS, MetricRegistry } from '@exempla/telemetry';
import { eventually, recordingLogger, type RecordingLogger } from '@exempla/testing';
import { callOf } from './calls.ts';
import { tenant } from './child-errors.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';
import { startService, type TestService } from './service.ts';

let server: TestServer;
let database: TestDatabase;
let service: TestService;
let channel: Channel;
let whose: { tenant: string };
let log: RecordingLogger;
let metrics: MetricRegistry;
let spending: Spending;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.database();
});
beforeEach(async () => {
  service = await startService(database);
  channel = openChannel(`127.0.0.1:${service.port}`, [BudgetServiceDefinition]);
  whose = tenant();
  log = recordingLogger('spender');
  metrics = new MetricRegistry();
  const budget = new StorageBudget(createClient(BudgetServiceDefinition, channel));
  spending = new Spending({ budget, log: log.logger, metrics, settle: { tries: 3, pauseMs: 200 } });
});
afterAll(() => server.stop());

const close = async (): Promise<void> => {
  await spending[Symbol.asyncDispose]();
  channel.close();
  await service.stop();
};
const accountOf = (remainingMs = 20_000) => spending.account(callOf(whose.tenant, { remainingMs }));
const budgetNow = () => service.budgets.getBudget({}, whose);
const again = async (): Promise<void> => {
  const { port } = service;
  service = await startService(database, { port });
};

describe('what a call spends from the budgets of storage', () => {
  it('is reserved, then settled; what is over comes back', async () => {
    {
      using account = accountOf();
      await account.spend(100);
      expect(await budgetNow()).toMatchObject({ reservedMicros: 100n, spentMicros: 0n });
      account.used({ model: 'm', costMicros: 30, inputTokens: 10, outputTokens: 20 });
    }
    await spending[Symbol.asyncDispose]();
    expect(await budgetNow()).toMatchObject({ reservedMicros: 0n, spentMicros: 30n });
    await close();
  });

  it('is nothing while storage is away: the call is refused', async () => {
    await service.stop();
    using account = accountOf(1_500);
    await expect(account.spend(1)).rejects.toMatchObject({ code: status.UNAVAILABLE, reason: 'BUDGET_UNAVAILABLE' });
    await again();
    await close();
  });

  it('is settled when storage, killed in between, is there again', async () => {
    const account = accountOf();
    await account.spend(100);
    await service.stop();
    account.used({ model: 'm', costMicros: 30 });
    account[Symbol.dispose]();
    await again();
    await eventually('it is settled', async () => (await budgetNow()).spentMicros === 30n, 10_000);
    expect(await budgetNow()).toMatchObject({ reservedMicros: 0n });
    expect(log.lines).toEqual([]);
    await close();
  });

  it('is in the log and counted when storage stays away; its reservation expires', async () => {
    const account = accountOf();
    await account.spend(100);
    await service.stop();
    account.used({ model: 'm', costMicros: 30 });
    account[Symbol.dispose]();
    await eventually('it is given up', () => log.lines.length > 0, 20_000);
    expect(log.lines).toEqual([
      expect.objectContaining({ ...whose, costMicros: 30, usage: [expect.objectContaining({ model: 'm' })] }),
    ]);
    const counted = metrics.read().find(({ metric }) => metric.name === METRICS.usageUnsettled.name);
    expect(counted?.points).toEqual([expect.objectContaining({ value: 30 })]);
    await again();
    expect(await budgetNow()).toMatchObject({ reservedMicros: 100n, spentMicros: 0n });
    const passed = 'update storage.budget_reservations set expire_time = clock_timestamp() where tenant = $1';
    await database.admin(passed, [whose.tenant]);
    expect(await budgetNow()).toMatchObject({ reservedMicros: 0n, spentMicros: 0n, lostMicros: 100n });
    await close();
  });
});
