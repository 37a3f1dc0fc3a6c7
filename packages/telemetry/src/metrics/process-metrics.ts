import { LABELS, METRICS } from '../names.ts';
import type { MetricRegistry } from './registry.ts';

/** What the operating system and V8 know of this process, read when somebody asks. The result takes it back. */
export function observeProcess(registry: MetricRegistry): () => void {
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
