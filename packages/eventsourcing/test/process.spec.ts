import { describe, expect, it } from '@jest/globals';
import { loadStream, MemoryEventStore, type Process, runProcess, type Step } from '@exempla/eventsourcing';
import { testCall } from '@exempla/eventsourcing/testing';
import { Barrier } from '@exempla/testing';

interface Delivery {
  readonly order: string;
}

/** A process that writes down what it does; what was done before under the same key is not done again. */
function delivery(change: Partial<Record<string, Partial<Step<Delivery>>>> = {}) {
  const done: string[] = [];
  const keys = new Set<string>();
  const act = (what: string, key: string): void => {
    if (!keys.has(key)) done.push(what);
    keys.add(key);
  };
  const step = (name: string): Step<Delivery> => ({
    name,
    run: ({ input, key }) => {
      act(`${name} ${input.order}`, key);
      return `${name}-1`;
    },
    compensate: ({ input, key, results }) => act(`undo ${String(results[name])} ${input.order}`, key),
    ...change[name],
  });
  const process: Process<Delivery> = { name: 'delivery', steps: ['reserve', 'charge', 'ship'].map(step) };
  return { process, done, store: new MemoryEventStore(), call: testCall() };
}

const start = { id: '7', input: { order: 'o7' } };
const failing = (message: string) => () => Promise.reject(new Error(message));

describe('a process', () => {
  it('takes its steps in order and stores each', async () => {
    const { process, done, store, call } = delivery();
    const outcome = await runProcess(call, { store, process }, start);
    expect(outcome).toEqual({
      type: 'completed',
      results: { reserve: 'reserve-1', charge: 'charge-1', ship: 'ship-1' },
    });
    expect(done).toEqual(['reserve o7', 'charge o7', 'ship o7']);
    const events = await loadStream(store, call, { stream: 'processes/delivery/7' });
    expect(events.map(({ type, correlationId }) => `${type} ${correlationId}`)).toEqual([
      'ProcessStarted 7',
      'StepCompleted 7',
      'StepCompleted 7',
      'StepCompleted 7',
    ]);
  });

  it('takes back in reverse what was done before a failure, and nothing else', async () => {
    const { process, done, store, call } = delivery({ ship: { run: failing('no van') } });
    const outcome = { type: 'compensated', failedStep: 'ship', message: 'no van' };
    expect(await runProcess(call, { store, process }, start)).toEqual(outcome);
    expect(done).toEqual(['reserve o7', 'charge o7', 'undo charge-1 o7', 'undo reserve-1 o7']);
    expect(await runProcess(call, { store, process }, start)).toEqual(outcome);
    expect(done).toHaveLength(4);
  });

  it('goes on where it was after every possible crash', async () => {
    for (const change of [{}, { ship: { run: failing('no van') } }]) {
      const whole = delivery(change);
      const expected = await runProcess(whole.call, whole, start);
      for (let crash = 1; crash <= 6; crash += 1) {
        for (const isStored of [false, true]) {
          const { process, done, store, call } = delivery(change);
          const append = store.append.bind(store);
          let appends = 0;
          store.append = async (...given) => {
            appends += 1;
            if (appends !== crash) return append(...given);
            if (isStored) await append(...given);
            throw new Error('crashed');
          };
          const crashing = runProcess(call, { store, process }, start);
          await crashing.catch((error: Error) => expect(error.message).toBe('crashed'));
          expect(await runProcess(call, { store, process }, start)).toEqual(expected);
          expect(done).toEqual(whole.done);
        }
      }
    }
  });

  it('does not take the end of a call for a failure of the step', async () => {
    const controller = new AbortController();
    const { process, done, store, call } = delivery({
      charge: {
        run: () => {
          controller.abort(new Error('left'));
          throw new Error('some other error');
        },
      },
    });
    const ended = runProcess({ ...call, signal: controller.signal }, { store, process }, start);
    await expect(ended).rejects.toThrow('left');
    const { process: well } = delivery();
    expect(await runProcess(call, { store, process: well }, start)).toMatchObject({ type: 'completed' });
    expect(done).toEqual(['reserve o7']);
  });

  it('tries a step again, on resuming, whose error was not final', async () => {
    let isAway = true;
    const { process, done, store, call } = delivery({
      charge: {
        run: () => (isAway ? Promise.reject(new Error('away')) : 'charge-1'),
        isFinal: (error) => (error as Error).message !== 'away',
      },
    });
    await expect(runProcess(call, { store, process }, start)).rejects.toThrow('away');
    isAway = false;
    expect(await runProcess(call, { store, process }, start)).toMatchObject({ type: 'completed' });
    expect(done).toEqual(['reserve o7', 'ship o7']);
  });

  it('never gives up a compensation', async () => {
    let tries = 0;
    const change = {
      ship: { run: failing('no van') },
      charge: { compensate: () => ((tries += 1) < 3 ? Promise.reject(new Error('the bank is closed')) : undefined) },
    };
    const { process, done, store, call } = delivery(change);
    for (const _ of [1, 2]) await expect(runProcess(call, { store, process }, start)).rejects.toThrow('bank is closed');
    expect(done).toEqual(['reserve o7', 'charge o7']);
    expect(await runProcess(call, { store, process }, start)).toMatchObject({ type: 'compensated' });
    expect(done).toEqual(['reserve o7', 'charge o7', 'undo reserve-1 o7']);
  });

  it('comes to one end when two replicas carry it, each step under one key', async () => {
    const barrier = new Barrier(2);
    const { process, done, store, call } = delivery({ ship: { run: failing('no van') } });
    const together: typeof process = {
      ...process,
      steps: process.steps.map((each, index) =>
        index > 0
          ? each
          : {
              ...each,
              run: async (stepCall) => {
                await barrier.wait(stepCall.signal);
                return each.run(stepCall);
              },
            },
      ),
    };
    const outcomes = await Promise.all([1, 2].map(() => runProcess(call, { store, process: together }, start)));
    expect(outcomes[0]).toEqual(outcomes[1]);
    expect(done).toEqual(['reserve o7', 'charge o7', 'undo charge-1 o7', 'undo reserve-1 o7']);
    const types = (await loadStream(store, call, { stream: 'processes/delivery/7' })).map(({ type }) => type);
    expect(types).toEqual([
      'ProcessStarted',
      'StepCompleted',
      'StepCompleted',
      'StepFailed',
      'StepCompensated',
      'StepCompensated',
    ]);
  });
});
