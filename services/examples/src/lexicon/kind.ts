import type { Dictionary, Synset } from '../dictionary/index.ts';
import type { Found } from '../examples/index.ts';
import { meaning } from './meaning.ts';
import type { FoundSense } from './find-senses.ts';

/** What each of the six kinds gets to work with. */
export interface KindInput {
  readonly dictionary: Dictionary;
  readonly found: FoundSense;
  readonly wanted: number;
}

export type MakeKind = (input: KindInput) => Found;

/** Tagged occurrences of a synset's first word: how likely a reader knows it. */
export const familiarity = (dictionary: Dictionary, synset: Synset): number =>
  dictionary.tagCount(synset.words[0] ?? '', synset.id);

/** Best known first. */
export const known = (dictionary: Dictionary, synsets: readonly Synset[]): Synset[] =>
  synsets
    .map((synset, order) => ({ synset, rank: familiarity(dictionary, synset) - order * 0.001 }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ synset }) => synset);

/** `informal terms for money`, `an informal use of the Latin word for mother`: another name and no kind. */
const NICKNAME =
  /^(?:one of the )?[\w-]+ (?:terms?|words?|names?|expressions?) for\b|^an? child's (?:word|name) for\b|^(?:an? )?(?:informal|slang|colloquial|archaic) (?:\w+ )?(?:terms?|words?|names?|uses?|expressions?|abbreviations?)\b/;
export const isNickname = (dictionary: Dictionary, synset: Synset): boolean =>
  NICKNAME.test(meaning(dictionary, synset));

/** Whether the meaning can be told inside a sentence about something else. */
export const isBrief = (dictionary: Dictionary, synset: Synset, maxWords = 25): boolean =>
  meaning(dictionary, synset).split(' ').length <= maxWords;
