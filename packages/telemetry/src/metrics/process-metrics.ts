import { LABELS, METRICS } from '../names.ts';
import type { MetricRegistry } from './registry.ts';

/** Who asked for the process in a registry: one process is there once, however many servers it has. */
const observed = new WeakMap<MetricRegistry, { users: number; stop: () => void }>();

/** What the operating system and V8 know of this process, read when somebody asks. The result takes it back. */
export function observeProcess(registry: MetricRegistry): () => void {
  const known = observed.get(registry) ?? { users: 0, stop: observe(registry) };
  observed.set(registry, known);
  known.users += 1;
  return () => {
    known.users -= 1;
    if (known.users > 0) return;
    known.stop();
    observed.delete(registry);
  };
}

function observe(registry: MetricRegistry): () => void {
  const stops = [
    registry.observe(
      METRICS.processCpu,
      () => {
        const { user, system } = process.cpuUsage();
        return [
          { value: user / 1e6, labels: { [LABELS.cpuMode]: 'user' } },
          { value: system / 1e6, labels: { [LABELS.cpuMode]: 'system' } },
        ];
      },
      'counter',
    ),
    registry.observe(METRICS.processMemory, () => [{ value: process.memoryUsage.rss() }]),
    registry.observe(METRICS.heapUsed, () => [{ value: process.memoryUsage().heapUsed }]),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
