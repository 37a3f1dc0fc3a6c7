import type { Dictionary, Synset } from '../dictionary/index.ts';
import type { Found } from '../examples/index.ts';
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
