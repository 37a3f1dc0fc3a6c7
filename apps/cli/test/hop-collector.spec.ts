import { describe, expect, it } from '@jest/globals';
import { HopCollector } from '../src/demo/hop-collector.ts';
import { HOP } from './sample.ts';

const { traceId } = HOP;
const child = { ...HOP, service: 'audio', spanId: 'd'.repeat(16), parentSpanId: HOP.spanId, startMs: HOP.startMs + 1 };

describe('HopCollector', () => {
  it('gives the hops of one trace in order of start', async () => {
    const collector = new HopCollector();
    for (const hop of [child, HOP, { ...HOP, traceId: 'f'.repeat(32) }]) collector.add(hop);
    expect(await collector.settled({ traceId, services: ['audio', 'orchestrator'] })).toEqual([HOP, child]);
  });

  it('waits for a service that is known to have taken part', async () => {
    const collector = new HopCollector();
    collector.add(HOP);
    const settled = collector.settled({ traceId, services: ['orchestrator', 'audio'] });
    setImmediate(() => collector.add(child));
    expect(await settled).toEqual([HOP, child]);
  });

  it('waits for the caller of a hop it has', async () => {
    const collector = new HopCollector();
    const sibling = { ...child, spanId: 'e'.repeat(16), parentSpanId: '1'.repeat(16), service: 'storage' };
    collector.add(child);
    collector.add(sibling);
    const settled = collector.settled({ traceId, services: ['audio'] });
    setImmediate(() => collector.add({ ...HOP, spanId: '1'.repeat(16) }));
    expect(await settled).toHaveLength(3);
  });

  it('gives what it has at the limit', async () => {
    const collector = new HopCollector();
    collector.add(HOP);
    expect(await collector.settled({ traceId, services: ['storage'] }, 30)).toEqual([HOP]);
    expect(await collector.settled({ traceId: 'none', services: [] }, 30)).toEqual([]);
  });
});
