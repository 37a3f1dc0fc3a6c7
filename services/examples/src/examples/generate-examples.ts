import { chooseProvider } from './choose-provider.ts';
import type { ExampleProvider } from './example-provider.ts';
import { KIND_DEFAULTS } from './kinds.ts';
import { runKind } from './run-kind.ts';
import type { CallBudget, ExampleKind, ExampleSet, ExamplesRequest, SenseChoice } from './types.ts';
import { EXAMPLE_KINDS } from './types.ts';

export interface ExamplesHeader extends SenseChoice {
  readonly provider: string;
}

export interface ExamplesAnswer extends ExamplesHeader {
  /** One for each kind wanted, in the order of EXAMPLE_KINDS. */
  readonly sets: readonly ExampleSet[];
}

export type ExamplesPart = { readonly header: ExamplesHeader } | { readonly set: ExampleSet };

export type GenerateExamples = (request: ExamplesRequest, budget: CallBudget) => Promise<ExamplesAnswer>;
export type StreamExamples = (request: ExamplesRequest, budget: CallBudget) => AsyncGenerator<ExamplesPart>;

interface Started {
  readonly header: ExamplesHeader;
  /** All in flight together; none rejects. */
  readonly sets: ReadonlyMap<ExampleKind, Promise<ExampleSet>>;
}

/** Chooses the sense once, then starts every kind for that sense at the same moment. */
async function start(
  providers: readonly ExampleProvider[],
  request: ExamplesRequest,
  budget: CallBudget,
): Promise<Started> {
  const provider = chooseProvider(providers, request.language);
  const { sense, reason, others } = await provider.define(
    { ...request, improveText: '', brokenRules: [] },
    budget.signal,
  );
  budget.signal.throwIfAborted();
  const kinds = EXAMPLE_KINDS.filter((kind) => request.kinds.length === 0 || request.kinds.includes(kind));
  const sets = kinds.map((kind) => {
    const wanted = request.maxExamples ?? KIND_DEFAULTS[kind].wanted;
    return [kind, runKind(provider, kind, { ...request, sense: sense.source, wanted }, budget)] as const;
  });
  return { header: { sense, reason, others, provider: provider.name }, sets: new Map(sets) };
}

export const generateExamples =
  (providers: readonly ExampleProvider[]): GenerateExamples =>
  async (request, budget) => {
    const { header, sets } = await start(providers, request, budget);
    return { ...header, sets: await Promise.all(sets.values()) };
  };

/** The header, then each kind as soon as it is finished. A reader that turns away stops those under way. */
export const streamExamples = (providers: readonly ExampleProvider[]): StreamExamples =>
  async function* parts(request, budget) {
    const left = new AbortController();
    const signal = AbortSignal.any([budget.signal, left.signal]);
    const remainingMs = (): number => budget.remainingMs();
    try {
      const { header, sets } = await start(providers, request, { signal, remainingMs, reserveMs: budget.reserveMs });
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
