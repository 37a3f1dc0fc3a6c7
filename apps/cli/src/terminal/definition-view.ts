import type { GenerateDefinitionResponse } from '@exempla/contracts/orchestrator/v1/definition_service';
import type { Definition, Violation } from '@exempla/contracts/type/v1/definition';
import type { AudioReport } from '../demo/report.ts';
import { GAP, type Line, MARGIN, rowOf } from './columns.ts';
import type { Style } from './style.ts';
import { bytes, harmless, wrap } from './text.ts';

const LABEL = { width: 8 };
const MAX_TEXT_WIDTH = 96;
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

/** The narration and where to hear it, and whatever is missing. */
export function endingView(
  { degraded }: GenerateDefinitionResponse,
  audio: AudioReport | null,
  width: number,
  style: Style,
): string[] {
  const rows = labelled(Math.min(MAX_TEXT_WIDTH, width - MARGIN.length - 1));
  const facts = audio
    ? plain([`${audio.seconds.toFixed(1)} s, voice ${harmless(audio.voice)}, ${bytes(audio.bytes)}`])
    : [];
  return [
    ...(audio ? rows('spoken', [{ text: audio.file, style: style.strong }, ...facts]) : []),
    ...degraded.flatMap(({ step, reason, message }) =>
      rows(
        'missing',
        wrap(`${step}: ${message} (${reason})`, rows.width).map((text) => ({ text, style: style.warn })),
      ),
    ),
  ];
}

function headline({ term, sense: of, category }: Definition, style: Style): string {
  const lemma = of && of.lemma !== term ? [harmless(of.lemma)] : [];
  const facts = [...lemma, of?.partOfSpeech ?? '', category].filter(Boolean).map(harmless);
  return `${MARGIN}${style.strong(harmless(term))}${GAP}${style.quiet(facts.join(' · '))}`;
}

/** Rows of a label and lines beside it. */
function labelled(textWidth: number) {
  const width = textWidth - LABEL.width - GAP.length;
  const rows = (label: string, lines: readonly Line[]): string[] =>
    lines.length === 0 ? [] : rowOf([LABEL, { width }], [[{ text: label }], lines]);
  return Object.assign(rows, { width });
}

const plain = (texts: readonly string[]): Line[] => texts.map((text) => ({ text }));

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
    .map(([first = '', ...more]) => (more.length > 0 ? cut(first) : first));
  return [...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].map((text) => ({ text, style: style.quiet }));
}

const cut = (line: string): string => `${line.slice(0, -1).trimEnd()}…`;
