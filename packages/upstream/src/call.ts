import type { Deadline } from '@exempla/rpc';

/** Whose call it is and when it ends; a `CallContext` of rpc is one. */
export interface UpstreamCall {
  /** Its reason is what a call that is aborted rejects with. */
  readonly signal: AbortSignal;
  readonly deadline: Pick<Deadline, 'remainingMs'>;
  readonly tenant: string;
  /** Who waits in front of a screen goes before what runs in the background; interactive when absent. */
  readonly priority?: Priority;
  /** What the step may spend on attempts, milliseconds. Waiting for a turn or between tries is not spent from it. */
  readonly budgetMs?: number;
  /** Milliseconds until somebody else is asked in its place: nothing is waited for longer, a turn and a pause neither. */
  readonly patienceMs?: () => number;
  /** Asked before each attempt that costs money, with the most it can cost in micros. The call ends when it rejects. */
  readonly spend?: (maxCostMicros: number) => Promise<void>;
}
export type Priority = 'interactive' | 'batch';
