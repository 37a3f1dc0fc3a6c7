import { setTimeout as sleep } from 'node:timers/promises';

/** How a service that ended by itself is started again. */
export interface RestartPolicy {
  type: 'backoff';
  /** In a row; a service that lived for `stableMs` has a clean record. */
  maxAttempts: number;
  firstDelayMs: number;
  maxDelayMs: number;
}

export const DEFAULT_RESTART: RestartPolicy = { type: 'backoff', maxAttempts: 5, firstDelayMs: 500, maxDelayMs: 8000 };

const STABLE_MS = 60_000;

export const restartDelay = {
  /** The number of the attempt that follows when the process of attempt `attempt` lived for `livedMs`. */
  attemptAfter: (attempt: number, livedMs: number): number => (livedMs >= STABLE_MS ? 1 : attempt + 1),

  /** Doubles from attempt to attempt. */
  of: ({ firstDelayMs, maxDelayMs }: RestartPolicy, attempt: number): number =>
    Math.min(maxDelayMs, firstDelayMs * 2 ** (attempt - 1)),

  /** False when the wait was cut short. */
  wait: (delayMs: number, signal: AbortSignal): Promise<boolean> => sleep(delayMs, true, { signal }).catch(() => false),
};
