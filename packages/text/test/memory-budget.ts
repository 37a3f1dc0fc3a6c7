import { setTimeout as sleep } from 'node:timers/promises';
import { Spending, type Budget, type PaidCall, type Reservation, type Usage } from '@exempla/budget';
import { MetricRegistry } from '@exempla/telemetry';
import { recordingLogger, type RecordingLogger } from '@exempla/testing';

/** A budget as storage keeps it: the answer to who left may be lost, what he asked for is done. */
export class MemoryBudget implements Budget {
  readonly open = new Map<string, number>();
  readonly settled = new Map<string, readonly Usage[]>();
  /** What was asked for, in order. */
  readonly asked: number[] = [];
  limitMicros = Infinity;
  delayMs = 0;

  async reserve({ id, maxMicros }: Reservation, { signal }: PaidCall): Promise<void> {
    this.asked.push(maxMicros);
    await sleep(this.delayMs);
    if (!this.settled.has(id)) {
      const others = this.spentMicros + this.reservedMicros - (this.open.get(id) ?? 0);
      if (others + maxMicros > this.limitMicros) throw new Error('exhausted');
      this.open.set(id, maxMicros);
    }
    signal.throwIfAborted();
  }

  async settle({ id, usage }: { id: string; usage: readonly Usage[] }): Promise<void> {
    await sleep(this.delayMs);
    this.open.delete(id);
    if (!this.settled.has(id)) this.settled.set(id, usage);
  }

  get reservedMicros(): number {
    return [...this.open.values()].reduce((sum, micros) => sum + micros, 0);
  }

  get spentMicros(): number {
    return this.usage.reduce((sum, { costMicros }) => sum + costMicros, 0);
  }

  get usage(): Usage[] {
    return [...this.settled.values()].flat();
  }
}

export function spendingFrom(
  budget: Budget,
  pauseMs = 1,
): { spending: Spending; log: RecordingLogger; metrics: MetricRegistry } {
  const log = recordingLogger('text');
  const metrics = new MetricRegistry();
  const settle = { tries: 3, pauseMs };
  return { spending: new Spending({ budget, log: log.logger, settle, metrics }), log, metrics };
}
