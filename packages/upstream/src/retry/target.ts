import type { UpstreamLimiter } from '../limiter/upstream-limiter.ts';
import type { TargetHealth } from './target-health.ts';

/** What can be asked: one model at one upstream. */
export interface Target {
  readonly upstream: string;
  readonly model: string;
  readonly health: TargetHealth;
  /** Of the upstream; all its targets share it. */
  readonly limiter: UpstreamLimiter;
}
