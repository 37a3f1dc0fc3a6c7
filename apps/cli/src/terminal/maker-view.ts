import type { Usage } from '@exempla/contracts/storage/v1/budget_service';
import { type Line, MARGIN } from './columns.ts';
import { labelled, MAX_TEXT_WIDTH } from './labelled.ts';
import type { Style } from './style.ts';
import { harmless, whole, wrap } from './text.ts';

/** Who made what is shown. */
export interface Maker {
  /** As the answer names it. */
  provider: string;
  /** Why it was not the first in the order; empty when it was. */
  fallbackReason: string;
  /** Models that could have been asked, each with its host; undefined where they are not known. */
  models: ReadonlyMap<string, string> | undefined;
  usage: readonly Usage[];
}

/** Who made it, where, and what it cost; offline, how to have a model. */
export function makerView(maker: Maker, width: number, style: Style): string[] {
  if (maker.provider === '') return [];
  const rows = labelled(Math.min(MAX_TEXT_WIDTH, width - MARGIN.length - 1));
  const lines = (text: string, paint?: Line['style']): Line[] =>
    wrap(text, rows.width).map((line) => ({ text: line, ...(paint && { style: paint }) }));
  return rows('by', [
    ...lines(whoOf(maker), maker.fallbackReason ? style.warn : undefined),
    ...maker.usage.flatMap((usage) => lines(usageLine(usage), style.quiet)),
  ]);
}

function whoOf({ provider, fallbackReason, models }: Maker): string {
  const host = models?.get(provider);
  const name = `${harmless(provider)}${host ? ` at ${host}` : ''}`;
  const [first = 'the first in the order'] = models?.keys() ?? [];
  if (fallbackReason) return `${name}, in place of ${first} (${harmless(fallbackReason)}). Why: npx exempla doctor`;
  if (models?.size !== 0) return name;
  return `${name}, offline. With a model, in any language: OPENAI_API_KEY=… (docs/providers.md)`;
}

/** `gpt-6-luna: 7 answers, 1204 + 689 tokens, $0.0005` */
function usageLine({ model, answers, inputTokens, outputTokens, characters, costMicros, estimated }: Usage): string {
  const parts = [
    `${answers} ${answers === 1n ? 'answer' : 'answers'}`,
    ...(inputTokens + outputTokens > 0n ? [`${count(inputTokens)} + ${count(outputTokens)} tokens`] : []),
    ...(characters > 0n ? [`${count(characters)} characters`] : []),
    costMicros > 0n ? `${estimated ? 'about ' : ''}$${(Number(costMicros) / 1e6).toFixed(4)}` : 'at an unknown price',
  ];
  return `${harmless(model)}: ${parts.join(', ')}`;
}

const count = (number: bigint): string => whole(Number(number));
