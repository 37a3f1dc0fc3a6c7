import { askInTurn } from './ask-in-turn.ts';
import { chooseProviders } from './choose-providers.ts';
import { DEFINITION_BUDGET_MS } from './define-term.ts';
import type { Providers } from './example-provider.ts';
import { KIND_DEFAULTS } from './kinds.ts';
import { runKind } from './run-kind.ts';
import type { Asked, CallBudget, ExampleKind, ExampleSet, ExamplesRequest, SenseChoice } from './types.ts';
import { EXAMPLE_KINDS } from './types.ts';

export interface ExamplesHeader extends SenseChoice {
  readonly provider: string;
}

export interface ExamplesAnswer extends ExamplesHeader {
  /** One for each kind wanted, in the order of EXAMPLE_KINDS. */
  readonly sets: readonly ExampleSet[];
}

export type ExamplesPart = { readonly header: ExamplesHeader } | { readonly set: ExampleSet };

export type GenerateExamples = (request: ExamplesRequest & Asked, call: CallBudget) => Promise<ExamplesAnswer>;
export type StreamExamples = (request: ExamplesRequest & Asked, call: CallBudget) => AsyncGenerator<ExamplesPart>;

interface Started {
  readonly header: ExamplesHeader;
  /** All in flight together; none rejects. */
  readonly sets: ReadonlyMap<ExampleKind, Promise<ExampleSet>>;
}

/** Chooses the sense once, then starts every kind for that sense at the same moment. */
async function start(providers: Providers, request: ExamplesRequest & Asked, call: CallBudget): Promise<Started> {
  const { onFallback } = providers;
  const candidates = chooseProviders(providers, request);
  const step = { name: 'definition', budgetMs: DEFINITION_BUDGET_MS, call, onFallback } as const;
  const { answer, provider } = await askInTurn(candidates, step, (one, time) => one.chooseSense(request, time));
  call.signal.throwIfAborted();
  const kinds = EXAMPLE_KINDS.filter((kind) => request.kinds.length === 0 || request.kinds.includes(kind));
  const sets = kinds.map((kind) => {
    const wanted = request.maxExamples ?? KIND_DEFAULTS[kind].wanted;
    const job = { kind, candidates, request: { ...request, sense: answer.sense.source, wanted }, onFallback };
    return [kind, runKind(job, call)] as const;
  });
  return { header: { ...answer, provider: provider.name }, sets: new Map(sets) };
}

export const generateExamples =
  (providers: Providers): GenerateExamples =>
  async (request, call) => {
    const { header, sets } = await start(providers, request, call);
    return { ...header, sets: await Promise.all(sets.values()) };
  };

/** The header, then each kind as soon as it is finished. A reader that turns away stops those under way. */
export const streamExamples = (providers: Providers): StreamExamples =>
  async function* parts(request, call) {
    const left = new AbortController();
    const signal = AbortSignal.any([call.signal, left.signal]);
    try {
      const { header, sets } = await start(providers, request, { ...call, signal });
      yield { header };
      const waiting = new Map(sets);
      while (waiting.size > 0) {
        const set = await Promise.race(waiting.values());
        waiting.delete(set.kind);
        yield { set };
      }
    } finally {
      left.abort(new Error('the reader turned away'));
    }
  };
