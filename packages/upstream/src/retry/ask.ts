import { untilAborted } from '@exempla/rpc';
import type { Slot } from '../limiter/upstream-limiter.ts';
import { Attempt } from './attempt.ts';
import type { Asking } from './asking.ts';
import { AttemptEnd } from './call-end.ts';
import type { CallRun } from './call-run.ts';
import { withFailover } from './failover.ts';
import type { Target } from './target.ts';

interface Question<T extends Target, R extends CallRun, V> {
  readonly run: R;
  /** In the order they are asked. */
  readonly targets: readonly T[];
  /** Asks one; `last`: no other is left in this round. What it leaves open it has to settle itself. */
  readonly use: (attempt: Attempt<T, R>, last: boolean) => Promise<V>;
  /** What asking one can cost at most, in micros; nothing when absent. */
  readonly maxCostMicros?: (target: T) => number;
}

/** Asks until one answers, each attempt in its turn at the upstream. */
export function ask<T extends Target, R extends CallRun, V>(
  asking: Asking<T>,
  { run, targets, use, maxCostMicros }: Question<T, R, V>,
): Promise<V> {
  const { policy, clock, skipped } = asking;
  return withFailover<T, V>({
    targets,
    policy,
    clock,
    skipped,
    signal: run.end.signal,
    remainingMs: () => Math.min(run.call.deadline.remainingMs(), run.patienceMs()),
    attempt: async (target, { atOnce, last }) => {
      if (run.budgetMs() <= 0) return { error: asking.outOfBudget(run.call), next: 'never' };
      const costs = maxCostMicros?.(target) ?? 0;
      // Before the turn: nobody holds one while a budget is asked.
      if (costs > 0 && run.call.spend) await untilAborted(run.call.spend(costs), run.end.signal);
      const slot = await turnAt(target, run, atOnce);
      if (!slot) return { error: asking.outOfBudget(run.call), next: 'never' };
      asking.metrics.waited(target, slot.waitedMs);
      // Others may have found out meanwhile that it is not worth asking.
      if (target.health.blockedMs(clock.now()) > 0) {
        slot.end('other');
        return undefined;
      }
      const attempt = new Attempt(slot, { target, run, asking });
      try {
        return { value: await use(attempt, last) };
      } catch (error) {
        return attempt.failed(error);
      }
    },
  });
}

/** Undefined when its turn did not come while anybody waited for it. */
async function turnAt(target: Target, run: CallRun, atOnce: boolean): Promise<Slot | undefined> {
  using waiting = new AttemptEnd(run.end.signal);
  waiting.arm(run.patienceMs());
  try {
    return await target.limiter.acquire(run.call, waiting.signal, { atOnce });
  } catch (error) {
    if (waiting.timedOut) return undefined;
    throw error;
  }
}
