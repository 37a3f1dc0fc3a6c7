import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { LABELS, METRICS, MetricRegistry } from '@exempla/telemetry';
import { eventually, gate, recordingLogger } from '@exempla/testing';
import { SweepTimer } from '../src/adapters/sweep-timer.ts';
import { deleteObject, type ObjectBytes, type ObjectIndex } from '../src/objects/index.ts';
import { memoryObjects } from './memory-objects.ts';
import { someBytes, useCasesOf } from './object-use-cases.ts';
import { reasonOf } from './upload-messages.ts';

/** One of everything that is to be cleared up, and an object that is not. */
async function withRests() {
  const store = memoryObjects();
  const { ports, tenant, upload } = useCasesOf(store, { keepMs: 1 });
  const kept = await upload(tenant(), someBytes(10));
  const orphan = await store.bytes.stage();
  await orphan.write(someBytes(10));
  await orphan.seal();
  await orphan.place();
  await (await store.bytes.stagePart(randomUUID())).keep();
  const late = upload(tenant(), someBytes(5), { upload: randomUUID(), declaredSizeBytes: 9n });
  expect(await reasonOf(late)).toBe('OBJECT_SIZE_MISMATCH');
  await new Promise((resolve) => setTimeout(resolve, 5));
  return { store, ports, kept };
}

function counted(metrics: MetricRegistry): Record<string, number> {
  const family = metrics.read().find(({ metric }) => metric === METRICS.objectsSwept);
  const points = family?.kind === 'counter' ? family.points : [];
  return Object.fromEntries(points.map(({ labels, value }) => [labels[LABELS.sweptKind], value]));
}

describe('SweepTimer', () => {
  it('clears up at start what nothing refers to, and counts it by kind', async () => {
    const { store, ports, kept } = await withRests();
    const metrics = new MetricRegistry();
    const { logger } = recordingLogger('storage');
    const timer = SweepTimer.start({ ...ports, budgetMs: 1_000, log: logger, metrics });
    await eventually('all was looked at', () => 'bytes' in counted(metrics));
    await timer.stop();
    expect(await store.inventory()).toEqual({ placed: [kept.sha256], parts: [], staged: 0 });
    expect(counted(metrics)).toEqual({ staged: 0, upload: 1, suspicion: 0, part: 1, bytes: 1 });
  });

  it('removes nothing that the index does not know from the directory of another database', async () => {
    const { store, ports } = await withRests();
    const metrics = new MetricRegistry();
    const before = await store.inventory();
    const bytes: ObjectBytes = { ...store.bytes, areOf: async () => false };
    const { logger, lines } = recordingLogger('storage');
    const timer = SweepTimer.start({ ...ports, bytes, budgetMs: 1_000, log: logger, metrics });
    await eventually('all was looked at', () => 'bytes' in counted(metrics));
    await timer.stop();
    expect((await store.inventory()).placed).toEqual(before.placed);
    // The part of the upload whose time is over is on record, the other one is not.
    expect((await store.inventory()).parts).toHaveLength(1);
    expect(JSON.stringify(lines)).toContain('belongs to another database');
  });

  it('takes no bytes away that another database may name, when an object of this one is deleted or replaced', async () => {
    const store = memoryObjects();
    const foreign = { ...store, bytes: { ...store.bytes, areOf: async () => false } };
    const { ports, tenant, upload } = useCasesOf(foreign);
    const call = tenant();
    const first = await upload(call, someBytes(10));
    const second = await upload(call, someBytes(11));
    await deleteObject(ports, call, second.path, '');
    expect((await store.inventory()).placed).toEqual([first.sha256, second.sha256].sort());
  });

  it('stops in the midst of a long walk, and says nothing of it', async () => {
    const store = memoryObjects();
    const { ports } = useCasesOf(store);
    let walked = 0;
    const bytes: ObjectBytes = {
      ...store.bytes,
      placed: async function* () {
        for (; walked < 10_000; walked += 1) yield String(walked);
      },
    };
    const asked = gate();
    const index: ObjectIndex = {
      ...store.index,
      unused: (_, hashes) => {
        asked.open();
        return Promise.resolve([...hashes]);
      },
    };
    const { logger, lines } = recordingLogger('storage');
    const timer = SweepTimer.start({ ...ports, index, bytes, budgetMs: 1_000, log: logger });
    await asked.promise;
    await timer.stop();
    expect(walked).toBeLessThan(5_000);
    expect(lines).toEqual([]);
  });

  it('sweeps once at a time, however long one takes', async () => {
    jest.useFakeTimers({ doNotFake: ['performance', 'setImmediate', 'queueMicrotask', 'nextTick'] });
    const store = memoryObjects();
    const { ports } = useCasesOf(store);
    const [entered, goOn] = [gate(), gate()];
    let sweeps = 0;
    const bytes: ObjectBytes = {
      ...store.bytes,
      sweepStaged: async () => {
        sweeps += 1;
        entered.open();
        await goOn.promise;
        return 0;
      },
    };
    const timer = SweepTimer.start({ ...ports, bytes, budgetMs: 1_000, log: recordingLogger('storage').logger });
    await entered.promise;
    await jest.advanceTimersByTimeAsync(60 * 60_000);
    goOn.open();
    for (let turn = 0; turn < 50; turn += 1) await jest.advanceTimersByTimeAsync(0);
    expect(sweeps).toBe(1);
    await jest.advanceTimersByTimeAsync(10 * 60_000);
    expect(sweeps).toBe(2);
    await timer.stop();
  });
});

afterEach(() => void jest.useRealTimers());
