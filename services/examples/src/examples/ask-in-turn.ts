import type { Candidates } from './choose-providers.ts';
import { ExampleError } from './example-error.ts';
import type { ExampleProvider, Fallback, ProviderCall, ProviderFailure } from './example-provider.ts';
import type { CallBudget } from './types.ts';
import { within } from './within.ts';

/** Of the remaining time, what a provider leaves to the one that may stand in for it. */
const SHARE_OF_STAND_IN = 0.1;
const MAX_STAND_IN_MS = 1_000;

/** The step of a call that providers are asked for. */
export interface Step {
  readonly name: Fallback['step'];
  /** What the work itself may take. */
  readonly budgetMs: number;
  readonly call: CallBudget;
  readonly onFallback: (fallback: Fallback) => void;
}

export interface Answered<T> {
  readonly answer: T;
  readonly provider: ExampleProvider;
  /** Why the first one did not answer; empty when it did. */
  readonly fallbackReason: string;
}

type Ask<T> = (provider: ExampleProvider, call: ProviderCall) => Promise<T>;

/**
 * Asks the first candidate, and the next only when what that one stands on is out of order: never after an answer, a refusal
 * or a fault of the request. When nobody answers, it fails as the first did.
 */
export async function askInTurn<T>(candidates: Candidates, step: Step, ask: Ask<T>): Promise<Answered<T>> {
  const [first, ...others] = candidates;
  try {
    return { answer: await askOne(first, step, others.length > 0, ask), provider: first, fallbackReason: '' };
  } catch (error) {
    const { outage, reason } = failureOf(error, first);
    const [next, ...rest] = others;
    if (!next || !outage || step.call.signal.aborted) throw error;
    const { answer, provider } = await askInTurn([next, ...rest], step, ask).catch(() => {
      throw error;
    });
    step.onFallback({ step: step.name, from: first.name, to: provider.name, reason });
    return { answer, provider, fallbackReason: reason };
  }
}

function askOne<T>(
  provider: ExampleProvider,
  { call, budgetMs }: Step,
  mayBeStoodInFor: boolean,
  ask: Ask<T>,
): Promise<T> {
  const leftMs = call.remainingMs() - call.reserveMs;
  const keptMs = call.reserveMs + (mayBeStoodInFor ? Math.min(leftMs * SHARE_OF_STAND_IN, MAX_STAND_IN_MS) : 0);
  const remainingMs = (): number => call.remainingMs() - keptMs;
  return within(remainingMs(), call.signal, (signal) =>
    ask(provider, { signal, remainingMs, budgetMs, tenant: call.tenant }),
  );
}

/** What the error means; running out of time means the same whoever did. */
export const failureOf = (error: unknown, provider: ExampleProvider): ProviderFailure =>
  error instanceof ExampleError && error.reason === 'OUT_OF_TIME'
    ? { reason: error.reason, timedOut: true, outage: true }
    : provider.failureOf(error);
