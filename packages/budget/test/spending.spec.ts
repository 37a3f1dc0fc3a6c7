import { describe, expect, it } from '@jest/globals';
import { METRICS, MetricRegistry } from '@exempla/telemetry';
import { eventually, gate, recordingLogger } from '@exempla/testing';
import { Spending, type Budget, type Reservation, type Usage } from '../src/index.ts';

interface Settlement {
  readonly id: string;
  readonly usage: readonly Usage[];
}

/** Remembers what it is asked; the first `failing` settlements fail. */
function recordingBudget(failing = 0) {
  const reserved: Reservation[] = [];
  const settled: Settlement[] = [];
  let tried = 0;
  const budget: Budget = {
    reserve: async (reservation) => void reserved.push(reservation),
    settle: async (settlement) => {
      tried += 1;
      if (tried <= failing) throw new Error('storage is away');
      settled.push(settlement);
    },
  };
  return { budget, reserved, settled, tried: () => tried };
}

function spendingFrom(budget: Budget, pauseMs = 1) {
  const log = recordingLogger('spender');
  const metrics = new MetricRegistry();
  const spending = new Spending({ budget, log: log.logger, metrics, graceMs: 10_000, settle: { tries: 3, pauseMs } });
  const unsettled = (): number[] =>
    metrics
      .read()
      .flatMap((family) =>
        family.metric.name === METRICS.usageUnsettled.name && family.kind !== 'histogram'
          ? family.points.map(({ value }) => value)
          : [],
      );
  return { spending, log, unsettled };
}

const callOf = (remainingMs = 5_000) => ({
  tenant: 'acme',
  signal: new AbortController().signal,
  deadline: { remainingMs: () => remainingMs },
});

describe('an account', () => {
  it('reserves what is missing only, under one id, for its deadline and some time', async () => {
    const { budget, reserved } = recordingBudget();
    const account = spendingFrom(budget).spending.account(callOf());
    await account.spend(100);
    await account.spend(70);
    account.used({ model: 'm', costMicros: 30 });
    await account.spend(70);
    await account.spend(100);
    expect(reserved.map(({ maxMicros, lifetimeMs }) => [maxMicros, lifetimeMs])).toEqual([
      [100, 15_000],
      [130, 15_000],
    ]);
    expect(new Set(reserved.map(({ id }) => id)).size).toBe(1);
  });

  it('never reserves for longer than storage takes, however far the deadline', async () => {
    const { budget, reserved } = recordingBudget();
    await spendingFrom(budget).spending.account(callOf(Infinity)).spend(1);
    expect(reserved[0]?.lifetimeMs).toBe(3_600_000);
  });

  it('settles once, what was used of each model', async () => {
    const { budget, settled } = recordingBudget();
    const { spending } = spendingFrom(budget);
    const account = spending.account(callOf());
    await account.spend(10);
    account.used({ model: 'a', costMicros: 3, inputTokens: 1, outputTokens: 2 });
    account.used({ model: 'a', costMicros: 4, inputTokens: 5, estimated: true });
    account.used({ model: 'voice', costMicros: 1, characters: 9 });
    account[Symbol.dispose]();
    account[Symbol.dispose]();
    await spending[Symbol.asyncDispose]();
    expect(settled.map(({ usage }) => usage)).toEqual([
      [
        { model: 'a', answers: 2, inputTokens: 6, outputTokens: 2, characters: 0, costMicros: 7, estimated: true },
        { model: 'voice', answers: 1, inputTokens: 0, outputTokens: 0, characters: 9, costMicros: 1, estimated: false },
      ],
    ]);
    expect(() => account.used({ model: 'a', costMicros: 1 })).toThrow('closed');
  });

  it('that neither asked nor used anything says nothing', async () => {
    const { budget, tried } = recordingBudget();
    const { spending } = spendingFrom(budget);
    spending.account(callOf())[Symbol.dispose]();
    await spending[Symbol.asyncDispose]();
    expect(tried()).toBe(0);
  });
});

describe('what was used', () => {
  it('is told again when storage is away for a moment', async () => {
    const { budget, settled } = recordingBudget(2);
    const { spending, log } = spendingFrom(budget);
    {
      using account = spending.account(callOf());
      account.used({ model: 'm', costMicros: 5 });
    }
    await eventually('it is told', () => settled.length === 1);
    await spending[Symbol.asyncDispose]();
    expect(log.lines).toEqual([]);
  });

  it('is in the log and counted when nobody takes it', async () => {
    const { budget } = recordingBudget(Infinity);
    const { spending, log, unsettled } = spendingFrom(budget);
    {
      using account = spending.account(callOf());
      account.used({ model: 'm', costMicros: 5 });
    }
    await eventually('it is given up', () => log.lines.length > 0);
    await spending[Symbol.asyncDispose]();
    expect(log.lines).toEqual([
      expect.objectContaining({ tenant: 'acme', costMicros: 5, usage: [expect.objectContaining({ model: 'm' })] }),
    ]);
    expect(unsettled()).toEqual([5]);
  });

  it('is waited for when all is closed, but no pause is', async () => {
    const told = gate();
    const { budget } = recordingBudget();
    let tried = 0;
    budget.settle = async () => {
      tried += 1;
      if (tried === 1) throw new Error('storage is away');
      await told.promise;
    };
    const { spending } = spendingFrom(budget, 3_600_000);
    {
      using account = spending.account(callOf());
      account.used({ model: 'm', costMicros: 5 });
    }
    let isClosed = false;
    const closing = spending[Symbol.asyncDispose]().then(() => (isClosed = true));
    await eventually('it is tried once more', () => tried === 2);
    expect(isClosed).toBe(false);
    told.open();
    await closing;
    expect(tried).toBe(2);
  });
});
