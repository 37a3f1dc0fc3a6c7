import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { LABELS, METRICS, MetricRegistry } from '@exempla/telemetry';
import { eventually, recordingLogger } from '@exempla/testing';
import { SweepTimer } from '../src/adapters/sweep-timer.ts';
import type { ObjectBytes } from '../src/objects/index.ts';
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
});
