import { pause, type Clock } from '../clock.ts';
import type { Failure, UpstreamError } from './failure.ts';
import type { Target } from './target.ts';

export interface RetryPolicy {
  /** Times each target is asked at most. */
  readonly rounds: number;
  /** Between the first round and the second, milliseconds; doubled for each further one. */
  readonly backoffMs: number;
}

export const RETRY: RetryPolicy = { rounds: 3, backoffMs: 1_000 };

interface Run<T extends Target, R> {
  readonly targets: readonly T[];
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  /** Aborts when the call is over; its reason is what the run rejects with then. */
  readonly signal: AbortSignal;
  /** Milliseconds until it does by itself. */
  readonly remainingMs: () => number;
  /** The error when none was asked, all being left alone for this long. */
  readonly skipped: (retryAfterMs: number) => UpstreamError;
  /**
   * Undefined when the target was blocked by the time of its turn: nothing was sent. `atOnce`: right after another failed;
   * `last`: no other is left in this round.
   */
  readonly attempt: (
    target: T,
    place: { readonly atOnce: boolean; readonly last: boolean },
  ) => Promise<{ readonly value: R } | Failure | undefined>;
}

/**
 * Asks one target after the other, at once, until one answers; then all of them again after a pause. A target that is
 * blocked is passed over; where there is none but such as asked for a pause, the round begins behind it. A pause that would
 * outlast the call is not begun: the caller gets the reason while there is time.
 */
export async function withFailover<T extends Target, R>(run: Run<T, R>): Promise<R> {
  const { policy, clock, signal } = run;
  let targets = run.targets;
  let last: Failure | undefined;
  for (let round = 1; ;) {
    let asked = 0;
    for (const target of targets) {
      signal.throwIfAborted();
      if (!targets.includes(target) || target.health.blockedMs(clock.now()) > 0) continue;
      const outcome = await run.attempt(target, { atOnce: asked > 0, last: target === targets.at(-1) });
      if (!outcome) continue;
      if ('value' in outcome) return outcome.value;
      asked += 1;
      last = outcome;
      if (outcome.next === 'never') throw outcome.error;
      targets = targets.filter((other) => !isGivenUp(other, target, outcome));
    }
    const now = clock.now();
    const blockedMs = Math.min(...targets.map(({ health }) => health.blockedMs(now)));
    const putOff = asked === 0 && targets.some(({ health }) => !health.isOut(now));
    if (targets.length === 0 || (round >= policy.rounds && !putOff)) throw last?.error ?? skipped(run, blockedMs);
    const waitMs = putOff ? blockedMs : Math.max(policy.backoffMs * 2 ** (round - 1), blockedMs);
    if ((asked === 0 && !last && !putOff) || waitMs >= run.remainingMs())
      throw last?.error ?? skipped(run, Math.max(blockedMs, waitMs));
    await pause(clock, waitMs, signal);
    if (!putOff) round += 1;
  }
}

const isGivenUp = (other: Target, asked: Target, { next }: Failure): boolean =>
  (next === 'other' && other === asked) || (next === 'elsewhere' && other.upstream === asked.upstream);

const skipped = (run: { skipped: (retryAfterMs: number) => UpstreamError }, blockedMs: number): UpstreamError =>
  run.skipped(Math.ceil(Number.isFinite(blockedMs) ? blockedMs : 1_000));
