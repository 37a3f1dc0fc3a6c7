import type { GenerateDefinitionResponse } from '@exempla/contracts/orchestrator/v1/definition_service';
import type { Definition, Violation } from '@exempla/contracts/type/v1/definition';
import { GAP, type Line, MARGIN } from './columns.ts';
import { labelled, MAX_TEXT_WIDTH, plain } from './labelled.ts';
import type { Style } from './style.ts';
import { harmless, widthOf, wrap } from './text.ts';

const OTHER_SENSES = 3;

/** The definition: what it says, what the rules say of it, and which sense it is of. */
export function definitionView(response: GenerateDefinitionResponse, width: number, style: Style): string[] {
  const { definition } = response;
  if (!definition) return [];
  const textWidth = Math.min(MAX_TEXT_WIDTH, width - MARGIN.length - 1);
  const rows = labelled(textWidth);
  return [
    headline(definition, style),
    '',
    ...wrap(definition.text, textWidth).map((line) => MARGIN + line),
    '',
    ...rows('score', [scoreLine(definition, style)]),
    ...(definition.assessment?.violations ?? []).flatMap((one) => rows('', violationLines(one, rows.width, style))),
    ...rows('sense', plain(wrap(sense(definition), rows.width))),
    ...rows('others', otherSenses(definition, rows.width, style)),
    ...rows('stored', [{ text: definition.name, style: style.quiet }]),
  ];
}

function headline({ term, sense: of, category }: Definition, style: Style): string {
  const lemma = of && of.lemma !== term ? [harmless(of.lemma)] : [];
  const facts = [...lemma, of?.partOfSpeech ?? '', category].filter(Boolean).map(harmless);
  return `${MARGIN}${style.strong(harmless(term))}${GAP}${style.quiet(facts.join(' · '))}`;
}

function scoreLine({ assessment }: Definition, style: Style): Line {
  const accepted = assessment?.accepted ?? false;
  const text = `${(assessment?.score ?? 0).toFixed(2)} ${accepted ? 'accepted' : 'not accepted, kept as a draft'}`;
  return { text, style: accepted ? style.good : style.warn };
}

function violationLines({ rule, score, message, critical }: Violation, width: number, style: Style): Line[] {
  const text = `${rule} ${score.toFixed(2)}: ${message}`;
  return wrap(text, width).map((line) => ({ text: line, style: critical ? style.bad : style.quiet }));
}

function sense({ sense: of, senseReason }: Definition): string {
  return [of?.source, senseReason].filter(Boolean).join(' – ') || 'not known';
}

function otherSenses({ otherSenses: others }: Definition, width: number, style: Style): Line[] {
  const shown = others.slice(0, OTHER_SENSES).map(({ partOfSpeech, gloss }) => `${partOfSpeech}: ${gloss}`);
  const rest = others.length - shown.length;
  const lines = shown
    .map((text) => wrap(text, width))
    .map(([first = '', ...more]) => (more.length > 0 ? cut(first, width) : first));
  return [...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].map((text) => ({ text, style: style.quiet }));
}

/** Says behind a whole word that there is more. */
const cut = (line: string, width: number): string =>
  `${widthOf(line) + 2 <= width ? line : line.replace(/[\s,;:]*\S+$/, '')} …`;
