import { setTimeout as sleep } from 'node:timers/promises';
import { currentCall, runDetached, runInCall, type CallContext } from '@exempla/rpc';
import { METRICS, processMetrics, type Logger, type MetricRegistry } from '@exempla/telemetry';
import { Account, type Closed } from './account.ts';
import type { Budget, PaidCall } from './budget.ts';

export interface SpendingOptions {
  readonly budget: Budget;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  /** What was reserved comes back so long after the deadline of its call, when this process is gone. */
  readonly graceMs?: number;
  /** How often settling is tried, and the wait before the second try, which doubles from then on. */
  readonly settle?: { readonly tries: number; readonly pauseMs: number };
  readonly metrics?: MetricRegistry;
  /** Called when all has been told. */
  readonly onClosed?: () => void;
}

/** Longer than all tries to settle together. */
const GRACE_MS = 60_000;
const SETTLE = { tries: 5, pauseMs: 1_000 };
/** Of one try. It is nobody's call: the caller may be gone. */
const SETTLE_TIMEOUT_MS = 5_000;

/** What the calls of a process spend. One for each process; closing it waits until all has been told. */
export class Spending implements AsyncDisposable {
  readonly #options: Required<SpendingOptions>;
  readonly #closing = new AbortController();
  readonly #settling = new Set<Promise<void>>();

  constructor(options: SpendingOptions) {
    this.#options = { graceMs: GRACE_MS, settle: SETTLE, metrics: processMetrics, onClosed: () => {}, ...options };
    // From the start there is something that an increase can be seen of.
    this.#options.metrics.counter(METRICS.usageUnsettled).add(0);
  }

  /** For one call; close it when the call is over. */
  account(call: PaidCall): Account {
    const { budget, graceMs } = this.#options;
    // A generator may be closed in another call than its own, or outside of any.
    const context = currentCall();
    const onClosed = (closed: Closed): void => {
      const settling = this.#settle(closed, { tenant: call.tenant, context });
      this.#settling.add(settling);
      void settling.then(() => this.#settling.delete(settling));
    };
    return new Account(call, { budget, graceMs, onClosed });
  }

  /** What is not told yet is tried once more, without a pause. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    while (this.#settling.size > 0) await Promise.all(this.#settling);
    this.#options.onClosed();
  }

  async #settle(
    closed: Closed,
    { tenant, context }: { tenant: string; context: CallContext | undefined },
  ): Promise<void> {
    const { budget, settle } = this.#options;
    const tell = (): Promise<void> => runDetached(SETTLE_TIMEOUT_MS, () => budget.settle(closed, tenant));
    for (let tried = 1; ; tried += 1) {
      const isLast = tried >= settle.tries || this.#closing.signal.aborted;
      try {
        return await (context ? runInCall(context, tell) : tell());
      } catch (err) {
        if (isLast) return this.#lost(closed, tenant, err);
      }
      const waiting = sleep(settle.pauseMs * 2 ** (tried - 1), undefined, { signal: this.#closing.signal });
      await waiting.catch(() => undefined);
    }
  }

  /** What was used is in the log at least. */
  #lost({ id, usage }: Closed, tenant: string, err: unknown): void {
    const { log, metrics } = this.#options;
    if (usage.length === 0)
      return log.warn({ tenant, reservation: id, err }, 'a reservation is not given back; it expires');
    const costMicros = usage.reduce((sum, used) => sum + used.costMicros, 0);
    metrics.counter(METRICS.usageUnsettled).add(costMicros);
    log.error({ tenant, reservation: id, usage, costMicros, err }, 'usage is not counted in the budget');
  }
}
