import { askInTurn, failureOf, type Answered } from './ask-in-turn.ts';
import type { Candidates } from './choose-providers.ts';
import type { ExampleProvider, Providers } from './example-provider.ts';
import { KIND_DEFAULTS } from './kinds.ts';
import type { CallBudget, ExampleKind, ExampleSet, Found, KindRequest, SetStatus } from './types.ts';

const statusOf = ({ counted }: Found, wanted: number): SetStatus =>
  counted >= wanted ? 'OK' : counted > 0 ? 'SHORT' : 'EMPTY';

/** A kind, for whom, and who makes it. */
interface Job extends Pick<Providers, 'onFallback'> {
  readonly kind: ExampleKind;
  readonly candidates: Candidates;
  readonly request: KindRequest;
}

/**
 * Makes one kind. It never rejects: running out of time and failing are outcomes, so that a kind cannot take its siblings with
 * it. The kind's own budget is its provider's to spend; here it ends with the time that the call has left.
 */
export async function runKind(job: Job, call: CallBudget): Promise<ExampleSet> {
  const { kind, candidates, request, onFallback } = job;
  const step = { name: kind, budgetMs: KIND_DEFAULTS[kind].budgetMs, call, onFallback };
  try {
    return madeOf(
      job,
      await askInTurn(candidates, step, (provider, time) => provider.generate(kind, fit(request, provider), time)),
    );
  } catch (error) {
    const { reason, timedOut } = failureOf(error, candidates[0]);
    return failed(job, call.signal.aborted || timedOut ? 'KIND_BUDGET_EXCEEDED' : reason);
  }
}

/** Who stands in has senses of its own. */
const fit = (request: KindRequest, provider: ExampleProvider): KindRequest =>
  provider.hasSense(request.sense) ? request : { ...request, sense: '' };

const madeOf = ({ kind, request }: Job, { answer, provider, fallbackReason }: Answered<Found>): ExampleSet => ({
  kind,
  status: statusOf(answer, request.wanted),
  items: answer.items,
  wanted: request.wanted,
  errorReason: '',
  provider: provider.name,
  fallbackReason,
});

/** An outcome that carries no examples. */
const failed = ({ kind, candidates, request }: Job, errorReason: string): ExampleSet => ({
  kind,
  status: errorReason === 'KIND_BUDGET_EXCEEDED' ? 'TIMEOUT' : 'ERROR',
  items: [],
  wanted: request.wanted,
  errorReason,
  provider: candidates[0].name,
  fallbackReason: '',
});
