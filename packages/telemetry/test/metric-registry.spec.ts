import { describe, expect, it } from '@jest/globals';
import { Histogram, METRICS, MetricRegistry } from '../src/index.ts';

describe('a histogram', () => {
  it('puts each value in the first bucket that it does not exceed', () => {
    const histogram = new Histogram([1, 2, 5]);
    for (const value of [0, 1, 1.5, 2, 5, 5.1, 1e9]) histogram.record(value);
    expect(histogram.counts()).toEqual([2, 2, 1, 2]);
    expect(histogram.count).toBe(7);
    expect(histogram.sum).toBeCloseTo(1e9 + 14.6);
  });

  it.each(Object.values(METRICS).flatMap((metric) => ('boundaries' in metric ? [metric] : [])))(
    '$name: its boundaries ascend',
    ({ boundaries }) => {
      expect([...boundaries]).toEqual([...new Set(boundaries)].sort((a, b) => a - b));
    },
  );
});

describe('the registry', () => {
  const points = (registry: MetricRegistry) =>
    registry.read().flatMap(({ kind, metric, points: all }) =>
      all.map(({ labels, value }) => ({
        kind,
        name: metric.name,
        labels,
        value: typeof value === 'number' ? value : value.count,
      })),
    );

  it('gives everybody the same instrument for the same labels, in whatever order', () => {
    const registry = new MetricRegistry();
    const one = registry.histogram(METRICS.serverDuration, { a: '1', b: '2' });
    expect(registry.histogram(METRICS.serverDuration, { b: '2', a: '1' })).toBe(one);
    expect(registry.histogram(METRICS.serverDuration, { a: '1', b: '3' })).not.toBe(one);
    registry.counter(METRICS.serverStarted, { a: '1' }).add();
    registry.counter(METRICS.serverStarted, { a: '1' }).add(2);
    one.record(1);
    expect(points(registry)).toEqual([
      { kind: 'histogram', name: 'grpc.server.call.duration', labels: { a: '1', b: '2' }, value: 1 },
      { kind: 'histogram', name: 'grpc.server.call.duration', labels: { a: '1', b: '3' }, value: 0 },
      { kind: 'counter', name: 'grpc.server.call.started', labels: { a: '1' }, value: 3 },
    ]);
  });

  it('reads what is observed each time, adds up observers of the same, and forgets who takes his back', () => {
    const registry = new MetricRegistry();
    let calls = 3;
    const observe = () => [{ value: calls }];
    const stop = registry.observe(METRICS.serverInFlight, observe);
    registry.observe(METRICS.serverInFlight, observe);
    expect(points(registry)).toMatchObject([{ kind: 'gauge', value: 6 }]);
    calls = 5;
    stop();
    expect(points(registry)).toMatchObject([{ kind: 'gauge', value: 5 }]);
  });

  it('an observer that fails takes nothing from the others', () => {
    const registry = new MetricRegistry();
    const errors: unknown[] = [];
    registry.observe(METRICS.serverWatches, () => {
      throw new Error('no');
    });
    registry.observe(METRICS.serverInFlight, () => [{ value: 1 }]);
    expect(registry.read((error) => errors.push(error))).toHaveLength(1);
    expect(errors).toEqual([new Error('no')]);
  });
});
