import type { Dictionary, Synset } from '../dictionary/index.ts';
import { isFormOf } from '../dictionary/index.ts';
import type { Gloss } from '../wording/index.ts';
import { readGloss, withDeterminer, withoutParentheses, wordsOf } from '../wording/index.ts';
import { nounSense } from './nouns.ts';

export const sourceOf = (synset: Synset): string => `wordnet:${synset.id}`;

/** Whether the text uses the word itself, in any inflection. */
export function mentions(text: string, word: string): boolean {
  const lower = word.toLowerCase();
  if (lower.includes(' ')) return text.toLowerCase().includes(lower);
  return wordsOf(text)
    .flatMap((token) => [token, ...token.split('-'), token.replace(/['’]s$/, '')])
    .some((token) => (['noun', 'verb', 'adjective'] as const).some((pos) => isFormOf(token, lower, pos)));
}

/** Openings of the source that say nothing of the thing, and what is said instead. */
const OPENINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:someone|somebody|one) (?=who|that|whose)/, 'a person '],
  [/^(?:someone|somebody) /, 'a person '],
  [/^anyone (?=who|that|whose)/, 'a person '],
  [/^(?:usually|often|especially|generally|sometimes|originally|formerly|chiefly|commonly),? (?=an? |the |any )/, ''],
  [/^any of (?:various|several|numerous|a number of|many|certain|a variety of) /, 'any of several '],
  [/^(?:refers to|denotes|name for|term for) /, ''],
];

const opened = (text: string): string =>
  OPENINGS.reduce((result, [pattern, opening]) => result.replace(pattern, opening), text);

/** Segments of a noun's gloss that are no noun phrase: remarks such as `occurs in many breeds`. */
const REMARK =
  /^(?:is|are|was|were|has|have|had|can|may|must|used|found|grown|made|known|called|includes?|occurs?|causes?|contains?|consists?|produces?|grows?|lives?|forms?|not|often|usually|sometimes|formerly|especially|now|more|less|most|in|on|at|of|for|with|by|from|to|when|if|it|they|he|she|this|these|also|characterized|considered|believed|similar|native|common|related|important|alternatively|symptoms|typically|first|noted|famous|inhabits?|inhabited|said|opposed|because|based|where|which|who|that|whose|as|see|cf|including|having)\b/;

export const isRemark = (segment: string): boolean =>
  REMARK.test(segment) &&
  !/^(?:that which|in vitro|first \w+ (?:of|in)\b|more than|most \w+ of|common \w+|native \w+|important \w+)/.test(
    segment,
  );

/** The phrases a gloss defines a word with, ready to stand behind `it is` or `to`; best first, never empty. */
export function phrases(dictionary: Dictionary, synset: Synset, gloss: Gloss = readGloss(synset.gloss)): string[] {
  const [first = '', ...rest] = gloss.segments.map((segment) =>
    opened(withoutParentheses(segment)).replace(/[,:]$/, ''),
  );
  if (synset.pos === 'verb')
    return [first, ...rest.filter((one) => !isRemark(one))].map((one) => one.replace(/^to /, ''));
  if (synset.pos !== 'noun') return [first, ...rest];
  const nouns = nounSense(dictionary);
  return [first, ...rest.filter((segment) => !isRemark(segment))]
    .filter((one) => one !== '')
    .map((one) => withDeterminer(one, nouns));
}

/** One phrase that says what the synset means. */
export const meaning = (dictionary: Dictionary, synset: Synset): string =>
  phrases(dictionary, synset)[0] ?? synset.gloss;
