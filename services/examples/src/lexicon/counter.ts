import type { Dictionary, Synset } from '../dictionary/index.ts';
import type { ExampleItem } from '../examples/index.ts';
import { asSentence, quoted } from '../wording/index.ts';
import type { FoundSense } from './find-senses.ts';
import type { MakeKind } from './kind.ts';
import { meaning, sourceOf } from './meaning.ts';
import { neighbours, relationBeside } from './neighbours.ts';
import { nameNoun } from './nouns.ts';
import { broader, isInstance } from './taxonomy.ts';

/** Roles of people and ideas overlap, substances and beasts do not: a poet may be a worker, a brook is no river. */
const OVERLAPPING = new Set(['person', 'attribute', 'state', 'act', 'cognition', 'communication', 'tops', 'feeling']);

function nounText(dictionary: Dictionary, synset: Synset, found: FoundSense): string {
  const own = nameNoun(dictionary, synset, synset.words[0] ?? '');
  const term = nameNoun(dictionary, found.synset, found.lemma);
  const be = own.plural ? 'are' : 'is';
  const not = OVERLAPPING.has(synset.category) ? 'not the same as' : 'not';
  const person = synset.category === 'person' && !isInstance(synset);
  const again = own.plural ? 'they are' : person ? `${own.text} is` : 'it is';
  return asSentence(`${own.text} ${be} ${not} ${term.text}: ${again} ${meaning(dictionary, synset)}`);
}

function wordText(dictionary: Dictionary, synset: Synset, found: FoundSense): string {
  const word = synset.words[0] ?? '';
  const means = meaning(dictionary, synset);
  if (found.pos === 'verb') return asSentence(`to ${word} is not the same as to ${found.lemma}: it is to ${means}`);
  return asSentence(`${quoted(word)} is not the same as ${quoted(found.lemma)}: it means ${quoted(means)}`);
}

function because(dictionary: Dictionary, synset: Synset, found: FoundSense): string {
  const parents = new Set(broader(dictionary, found.synset).map(({ id }) => id));
  const shared = broader(dictionary, synset).find(({ id }) => parents.has(id))?.words[0];
  if (shared !== undefined) return `Both fall under ${quoted(shared)}, side by side.`;
  return 'The two are near in meaning, and neither can replace the other.';
}

/** Neighbours taken for the term, with what they are instead. */
export const counterExamples: MakeKind = ({ dictionary, found, wanted }) => {
  const items: ExampleItem[] = neighbours(dictionary, found)
    .slice(0, wanted)
    .map((synset) => ({
      text: (found.pos === 'noun' ? nounText : wordText)(dictionary, synset, found),
      relation: relationBeside(found),
      source: sourceOf(synset),
      reason: because(dictionary, synset, found),
    }));
  return { items, counted: items.length };
};
