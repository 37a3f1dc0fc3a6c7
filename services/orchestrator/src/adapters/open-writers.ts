import { openSpending } from '@exempla/budget';
import { METRICS, LABELS, type Logger, type MetricRegistry } from '@exempla/telemetry';
import { BudgetedText, OpenAiText, type OpenAiTextOptions, type TextGenerator } from '@exempla/text';
import type { StoryPorts, StoryWriter } from '../stories/index.ts';
import { GrammarWriter } from './grammar-writer.ts';
import { ModelWriter } from './model-writer.ts';

/**
 * One for the process, which closes it, paid from the budgets in storage; undefined where no model is configured: then nothing
 * reaches for the network.
 */
export const openText = (
  { text, storageTarget }: { text: OpenAiTextOptions | undefined; storageTarget: string },
  log: Pick<Logger, 'warn' | 'error'>,
): BudgetedText | undefined =>
  text && new BudgetedText(new OpenAiText(text), { spending: openSpending(storageTarget, log) });

const modelsIn = ({ upstreams }: Pick<OpenAiTextOptions, 'upstreams'>): string[] => [
  ...new Set(upstreams.flatMap(({ models }) => models.map(({ name }) => name))),
];

/** Who writes, in the order that is configured. */
export function writersIn(
  order: readonly ('model' | 'grammar')[],
  {
    grammar,
    text,
    options,
  }: { grammar: GrammarWriter; text: TextGenerator | undefined; options: OpenAiTextOptions | undefined },
): readonly StoryWriter[] {
  return order.map((kind) => {
    if (kind === 'grammar') return grammar;
    if (!text || !options) throw new Error('no model is configured');
    return new ModelWriter(text, modelsIn(options));
  });
}

/** Counts where somebody stood in for the writer that comes first. */
export const fallbackCounter =
  (metrics: MetricRegistry): StoryPorts['countFallback'] =>
  ({ from, to, reason }) => {
    const labels = {
      [LABELS.fallbackStep]: 'story',
      [LABELS.fallbackFrom]: from,
      [LABELS.fallbackTo]: to,
      [LABELS.fallbackReason]: reason,
    };
    metrics.counter(METRICS.fallbacks, labels).add();
  };
