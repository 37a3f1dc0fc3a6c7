import { ExampleError } from './example-error.ts';
import type { ExampleProvider } from './example-provider.ts';
import { KIND_DEFAULTS } from './kinds.ts';
import type { CallBudget, ExampleKind, ExampleSet, Found, KindRequest, SetStatus } from './types.ts';

const statusOf = ({ counted }: Found, wanted: number): SetStatus =>
  counted >= wanted ? 'OK' : counted > 0 ? 'SHORT' : 'EMPTY';

/** An outcome that carries no examples. */
const failed = (kind: ExampleKind, wanted: number, status: SetStatus, errorReason: string): ExampleSet => ({
  kind,
  status,
  items: [],
  wanted,
  errorReason,
});

/** Settles as `work` does, or rejects with the reason of `signal` when that aborts first. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason as Error);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * Makes one kind. It never rejects: running out of time and failing are outcomes, so that a kind cannot take its
 * siblings with it. The time is the kind's own budget or what the call has left, whichever is shorter.
 */
export async function runKind(
  provider: ExampleProvider,
  kind: ExampleKind,
  request: KindRequest,
  budget: CallBudget,
): Promise<ExampleSet> {
  const timeIsUp = new AbortController();
  const ms = Math.max(0, Math.min(KIND_DEFAULTS[kind].budgetMs, budget.remainingMs() - budget.reserveMs));
  const timer = setTimeout(() => timeIsUp.abort(new Error('the kind ran out of time')), ms);
  const signal = AbortSignal.any([budget.signal, timeIsUp.signal]);
  try {
    const found = await unlessAborted(provider.generate(kind, request, signal), signal);
    return {
      kind,
      status: statusOf(found, request.wanted),
      items: found.items,
      wanted: request.wanted,
      errorReason: '',
    };
  } catch (error) {
    if (signal.aborted) return failed(kind, request.wanted, 'TIMEOUT', 'KIND_BUDGET_EXCEEDED');
    return failed(kind, request.wanted, 'ERROR', error instanceof ExampleError ? error.reason : 'KIND_FAILED');
  } finally {
    clearTimeout(timer);
  }
}
