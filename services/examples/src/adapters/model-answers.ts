// Reading what a model wrote, whatever it put around it. Small models forget half of what they are told.
import { distinct, listItems } from '@exempla/text';
import type { ExampleKind } from '../examples/index.ts';

export interface Read {
  readonly text: string;
  readonly reason: string;
}

export interface ReadOptions {
  readonly term: string;
  /** The answer was cut off: its last line is not complete. */
  readonly cut: boolean;
}

const MIN_CASE = 12;
const MIN_PARAGRAPH = 30;
/** Longer ones are no example but an essay. */
const MAX_LENGTH = 1_500;
const MAX_WORD_LENGTH = 60;
const MAX_WORDS = 6;

/** Models that think aloud do so between these. */
const THOUGHTS = /<think(?:ing)?>[\s\S]*?(?:<\/think(?:ing)?>|$)/gi;
/** Between a case and its reason, what was asked for first; then what models write instead. */
const SEPARATORS = [/\s*\|\|\s*/, /\s*\|\s*/, /\s+(?:->|→|=>)\s+/, /\s+(?:—|–|--)\s+/];
/** `Reason: …` on a line of its own belongs to the case above it. */
const REASON_LINE = /\n+ ?(?:[-*•] ?)?(?:\*\*|__)?(?:reason|why(?: not)?|reden|waarom(?: niet)?)\s*:(?:\*\*|__)?\s*/gi;
/** `brook (poetic)`, `brook - a small stream`: the word alone. */
const REMARK = /\s+(?:[-–—:(=|]|\[).*$/;

/** Without thoughts, and with no more white space than tells items apart: what is read by patterns below has no long runs of it. */
const tidy = (text: string): string =>
  text
    .toWellFormed()
    .replace(THOUGHTS, '')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** The items of an answer, in their order; without those that are none. */
export function readItems(kind: ExampleKind, answer: string, options: ReadOptions): Read[] {
  const text = tidy(answer);
  return READERS[kind](options.cut ? withoutLastLine(text) : text, options).filter(
    ({ text: { length } }) => length <= MAX_LENGTH,
  );
}

const READERS: Readonly<Record<ExampleKind, (text: string, options: ReadOptions) => Read[]>> = {
  SENTENCE: cases,
  PRACTICAL: cases,
  COUNTER: reasonedCases,
  SYNONYM: words,
  ANTONYM: words,
  EXPLANATION: paragraphs,
};

const plain = (text: string): Read => ({ text, reason: '' });

function cases(text: string): Read[] {
  return listItems(text, { minLength: MIN_CASE }).map(plain);
}

/** A counter-example that does not say why it is none is not one. */
function reasonedCases(text: string): Read[] {
  const lines = text.replace(REASON_LINE, ' || ');
  return listItems(lines, { minLength: MIN_CASE }).flatMap((line) => {
    const parts = SEPARATORS.map((separator) => line.split(separator)).find(({ length }) => length > 1) ?? [];
    const [text = '', ...reasons] = parts.map((part) => part.replace(/^(?:\*\*|")|(?:\*\*|")$/g, '').trim());
    const reason = reasons.join(' ').trim();
    return text.length >= MIN_CASE && reason.length >= MIN_CASE ? [{ text, reason: reason.slice(0, MAX_LENGTH) }] : [];
  });
}

function words(text: string, { term }: ReadOptions): Read[] {
  const own = term.toLowerCase();
  const found = listItems(text.replace(/(?<![.;])[.;]+$/gm, ''), { commas: true }).map((item) =>
    item.replace(REMARK, '').trim(),
  );
  return distinct(found)
    .filter((word) => word.toLowerCase() !== own && /\p{L}/u.test(word))
    .filter((word) => word.length <= MAX_WORD_LENGTH && word.split(/\s+/).length <= MAX_WORDS)
    .map(plain);
}

function paragraphs(text: string): Read[] {
  const blocks = text.split('\n\n').map((block) => listItems(block, { minLength: 2 }).join(' '));
  return distinct(blocks.filter(({ length }) => length >= MIN_PARAGRAPH)).map(plain);
}

const withoutLastLine = (text: string): string => text.slice(0, Math.max(0, text.lastIndexOf('\n')));

export interface ReadDefinition {
  readonly text: string;
  readonly lemma: string;
  readonly partOfSpeech: string;
}

const MIN_DEFINITION = 8;
const PARTS_OF_SPEECH = ['adverb', 'verb', 'adjective', 'noun'];

/** The definition and what is said of the term; undefined when there is none. */
export function readDefinition(answer: string, term: string): ReadDefinition | undefined {
  const text = tidy(answer);
  const labelled = line(text, /definition|definitie|text/);
  const unlabelled = (): string | undefined =>
    listItems(text, { minLength: MIN_DEFINITION }).find((item) => !/^(part of speech|lemma)\b/i.test(item));
  const definition = phrase(labelled ?? unlabelled() ?? '', term);
  if (definition.length < MIN_DEFINITION || definition.length > MAX_LENGTH) return undefined;
  const said = line(text, /part of speech/)?.toLowerCase() ?? '';
  const lemma = line(text, /lemma/) ?? '';
  return {
    text: definition,
    lemma: lemma !== '' && lemma.length <= MAX_WORD_LENGTH ? lemma : term,
    partOfSpeech: PARTS_OF_SPEECH.find((part) => said.includes(part)) ?? '',
  };
}

/** What stands behind a label. */
function line(text: string, label: RegExp): string | undefined {
  const found = new RegExp(
    `^[ *_#>-]*(?:${label.source})\\s*(?:\\*\\*|__)?\\s*:\\s*(?:\\*\\*|__)?\\s*(.+)$`,
    'im',
  ).exec(text);
  return found?.[1] === undefined ? undefined : listItems(found[1])[0];
}

/** Without a full stop, and without the term in front of it. */
function phrase(text: string, term: string): string {
  const escaped = term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const opening = new RegExp(
    `^(?:(?:an?|the|een|de|het)\\s+)?["“'*]*${escaped}["”'*]*\\s*(?::|–|—|\\bis\\b|\\bare\\b|\\bzijn\\b)\\s*`,
    'iu',
  );
  return text.replace(opening, '').replace(/\s+/g, ' ').replace(/\.$/, '').trim();
}
