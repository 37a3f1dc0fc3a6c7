import { openSpending } from '@exempla/budget';
import { LABELS, METRICS, type Logger, type MetricRegistry } from '@exempla/telemetry';
import { BudgetedText, OpenAiText, type OpenAiTextOptions, type TextGenerator } from '@exempla/text';
import type { ExampleProvider, Fallback, Providers } from '../examples/index.ts';
import { ModelProvider } from './model-provider.ts';
import { SharedAnswers } from './shared-answers.ts';
import { WordnetProvider } from './wordnet-provider.ts';

/** Who answers: `lexical`, `model` (all that are configured) or one model by its name. */
export interface ProviderPlan {
  readonly order: readonly string[];
  readonly text: OpenAiTextOptions | undefined;
}

/** Whoever answers, closed with the service. */
export type OpenText = (TextGenerator & AsyncDisposable) | undefined;

/** The one generator of text that the service has, paid from budgets; undefined where no model is configured. */
export function openText(
  { text, storageTarget }: { text: ProviderPlan['text']; storageTarget: string },
  log: Logger,
): OpenText {
  if (!text) return undefined;
  const models = new OpenAiText(text);
  if (storageTarget === 'off') return models;
  return new BudgetedText(models, { spending: openSpending(storageTarget, log) });
}

export interface Opened {
  readonly wordnet: WordnetProvider | undefined;
  readonly text: TextGenerator | undefined;
  readonly metrics: MetricRegistry;
}

/** The providers of the plan, in its order. */
export function providersOf(plan: ProviderPlan, { wordnet, text, metrics }: Opened): Providers {
  const answers = new SharedAnswers({ metrics });
  const model = (models: readonly string[]): ExampleProvider[] => {
    const [first, ...others] = models;
    if (first === undefined || !text) return [];
    return [new ModelProvider(text, answers, { models: [first, ...others], origin: originOf(plan, first) })];
  };
  const lexical = wordnet ? [wordnet] : [];
  const all = modelsOf(plan.text);
  return {
    order: plan.order.flatMap((name) => (name === 'lexical' ? lexical : model(name === 'model' ? all : [name]))),
    named: plan.order.flatMap((name) =>
      name === 'lexical' ? lexical : name === 'model' ? all.flatMap((one) => model([one])) : model([name]),
    ),
    onFallback: ({ step, from, to, reason }: Fallback) => {
      const labels = { [LABELS.fallbackStep]: step, [LABELS.fallbackFrom]: from, [LABELS.fallbackTo]: to };
      metrics.counter(METRICS.fallbacks, { ...labels, [LABELS.fallbackReason]: reason }).add();
    },
  };
}

/** The models that are configured, in their order. */
export const modelsOf = (text: OpenAiTextOptions | undefined): string[] => [
  ...new Set(text?.upstreams.flatMap(({ models }) => models.map(({ name }) => name))),
];

const originOf = ({ text }: ProviderPlan, model: string): string => {
  const upstream = text?.upstreams.find(({ models }) => models.some(({ name }) => name === model));
  return `a language model at ${upstream?.name ?? ''}, not checked against any source; the terms of its provider apply`;
};
