import type { UpstreamCall } from '../call.ts';
import type { Clock } from '../clock.ts';
import type { UpstreamMetrics } from '../upstream-metrics.ts';
import type { RetryPolicy } from './failover.ts';
import type { Failure, UpstreamError } from './failure.ts';
import type { Target } from './target.ts';

/** How targets are asked, and how their failures are reported. */
export interface Asking<T extends Target> {
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  readonly metrics: UpstreamMetrics;
  /** What follows from an error of an attempt; `timedOut` when its time was over. */
  readonly failureOf: (thrown: unknown, target: T, timedOut: boolean) => Failure;
  /** Nobody was asked: all failed too often of late. */
  readonly skipped: (retryAfterMs: number) => UpstreamError;
  /** The step has spent its `budgetMs`. */
  readonly outOfBudget: (call: UpstreamCall) => UpstreamError;
}
