import { describe, expect, it } from '@jest/globals';
import {
  type Append,
  type Call,
  ConcurrencyError,
  type ConflictPolicy,
  type Decider,
  type EventStore,
  type Fact,
  handle,
  loadStream,
  MemoryEventStore,
  newCommand,
} from '@exempla/eventsourcing';
import { testCall } from '@exempla/eventsourcing/testing';

type Add = Fact<'Add', { readonly amount: number }>;
type Added = Fact<'Added', { readonly amount: number; readonly sum: number }>;

const counter: Decider<number, Add, Added> = {
  initialState: () => 0,
  decide: ({ data: { amount } }, sum) =>
    Array.from({ length: amount }, (_, index) => ({ type: 'Added', data: { amount: 1, sum: sum + index + 1 } })),
  evolve: (sum, { data }) => sum + data.amount,
};

const add = (call: Call, amount: number) =>
  newCommand<Add>({ type: 'Add', data: { amount } }, { source: 'test', subject: 'counter', tenant: call.tenant });

const atOnce = (maxAttempts: number): ConflictPolicy => ({
  type: 'retry',
  maxAttempts,
  firstDelayMs: 0,
  maxDelayMs: 0,
});

/** A store in which another is always first, `times` times. */
function contested(times: number) {
  const store = new MemoryEventStore();
  const rival = handle(store, counter);
  let reads = 0;
  let appends = 0;
  const seen: EventStore = {
    append: async (call, append: Append) => {
      appends += 1;
      if (appends <= times) await rival(call, add(call, 1));
      return store.append(call, append);
    },
    readStream: async function* (call, read) {
      for await (const event of store.readStream(call, read)) {
        reads += 1;
        yield event;
      }
    },
    readAll: (call, read) => store.readAll(call, read),
    subscribe: (call, read) => store.subscribe(call, read),
  };
  return { store, seen, reads: () => reads, appends: () => appends };
}

describe('a command handler', () => {
  it('decides again on what the stream has become, and reads only what came since', async () => {
    const { seen, reads, appends } = contested(3);
    const call = testCall();
    const handled = await handle(seen, counter, { onConflict: atOnce(4) })(call, add(call, 2));
    expect(handled).toMatchObject({ stream: 'counter', version: 5 });
    expect(handled.events.map(({ data }) => data.sum)).toEqual([4, 5]);
    expect([appends(), reads()]).toEqual([4, 3]);
  });

  it('tries as often as the policy says and then tells of the conflict', async () => {
    for (const [onConflict, tries] of [
      [{ type: 'fail' } as const, 1],
      [atOnce(3), 3],
    ] as const) {
      const { seen, appends } = contested(100);
      const call = testCall();
      await expect(handle(seen, counter, { onConflict })(call, add(call, 1))).rejects.toMatchObject({
        name: 'ConcurrencyError',
        stream: 'counter',
        expected: { type: 'exact', version: tries - 1 },
        actual: tries,
      });
      expect(appends()).toBe(tries);
    }
  });

  it('does not wait for a turn that would come after the deadline', async () => {
    const { seen, appends } = contested(100);
    const call = testCall({ deadline: { remainingMs: () => 0 } });
    await expect(handle(seen, counter)(call, add(call, 1))).rejects.toThrow(ConcurrencyError);
    expect(appends()).toBe(1);
  });

  it('stops waiting for its turn when the signal fires, with its reason', async () => {
    const controller = new AbortController();
    const { store, seen } = contested(100);
    const call = testCall({ signal: controller.signal, deadline: { remainingMs: () => Infinity } });
    const onConflict: ConflictPolicy = { type: 'retry', maxAttempts: 9, firstDelayMs: 1e6, maxDelayMs: 1e6 };
    const append = seen.append.bind(seen);
    seen.append = (...given) => append(...given).finally(() => setImmediate(() => controller.abort(new Error('left'))));
    await expect(handle(seen, counter, { onConflict })(call, add(call, 1))).rejects.toThrow('left');
    expect(await loadStream(store, testCall({ tenant: call.tenant }), { stream: 'counter' })).toHaveLength(1);
  });

  it('hands every failure but a conflict on, untried', async () => {
    const { seen } = contested(0);
    const down = new Error('down');
    let appends = 0;
    seen.append = () => {
      appends += 1;
      return Promise.reject(down);
    };
    const call = testCall();
    await expect(handle(seen, counter)(call, add(call, 1))).rejects.toBe(down);
    expect(appends).toBe(1);
  });

  it('answers a command that was handled before with the same events, also when the answer was lost', async () => {
    const { store, seen } = contested(0);
    const call = testCall();
    const command = add(call, 2);
    const append = seen.append.bind(seen);
    seen.append = async (...given) => {
      await append(...given);
      throw new Error('the answer is lost');
    };
    await expect(handle(seen, counter)(call, command)).rejects.toThrow('lost');
    await handle(store, counter)(call, add(call, 1));
    const handled = await handle(store, counter)(call, command);
    expect(handled.version).toBe(3);
    expect(handled.events.map(({ data }) => data.sum)).toEqual([1, 2]);
    expect(await loadStream(store, call, { stream: 'counter' })).toHaveLength(3);
  });

  it('hands correlation on, names the command as the cause, and appends nothing when nothing follows', async () => {
    const { store, seen, appends } = contested(0);
    const call = testCall();
    const command = newCommand<Add>(
      { type: 'Add', data: { amount: 1 } },
      { source: 'test', subject: 'counter', tenant: call.tenant, correlationId: 'began here' },
    );
    const { events } = await handle(store, counter, { streamOf: ({ subject }) => `${subject}-1` })(call, command);
    expect(events[0]).toMatchObject({ correlationId: 'began here', causationId: command.id, tenant: call.tenant });
    expect(await handle(seen, counter)(call, add(call, 0))).toEqual({ stream: 'counter', version: 0, events: [] });
    expect(appends()).toBe(0);
  });

  it('refuses a command of another tenant than the call', async () => {
    const { store } = contested(0);
    await expect(handle(store, counter)(testCall(), add(testCall(), 1))).rejects.toThrow('another tenant');
  });
});
