import type { Dictionary, Synset } from '../dictionary/index.ts';
import type { ExampleItem, Relation } from '../examples/index.ts';
import { asSentence, listed, quoted } from '../wording/index.ts';
import type { FoundSense } from './find-senses.ts';
import { usageLabels } from './find-senses.ts';
import type { MakeKind } from './kind.ts';
import { meaning, sourceOf } from './meaning.ts';
import { nameNoun } from './nouns.ts';
import { broader, linked } from './taxonomy.ts';

/** Broader and near terms shown when true synonyms fall short. */
const MAX_EXTRAS = 3;

/** Labels such as `slang` stay with the word they warn of. */
const labelled = (reason: string, labels: readonly string[]): string =>
  labels.length === 0 ? reason : `${reason} Labelled ${listed(labels)}.`;

function broaderReason(dictionary: Dictionary, synset: Synset, found: FoundSense): string {
  const word = synset.words[0] ?? '';
  if (found.pos === 'verb') return asSentence(`a broader term: to ${found.lemma} is to ${word} in a particular way`);
  const term = nameNoun(dictionary, found.synset, found.lemma);
  return asSentence(`a broader term: ${term.text} ${term.plural ? 'are' : 'is'} a kind of ${word}`);
}

const nearReason = (dictionary: Dictionary, synset: Synset): string =>
  `A near term: it means ${quoted(meaning(dictionary, synset))}.`;

function extras(dictionary: Dictionary, found: FoundSense): ExampleItem[] {
  const near = linked(dictionary, found.synset, ['&', '$', '^']).map((synset) => ({
    synset,
    relation: 'NEAR' as Relation,
  }));
  const above = broader(dictionary, found.synset).map((synset) => ({ synset, relation: 'BROADER' as Relation }));
  return [...above, ...near].map(({ synset, relation }) => ({
    text: synset.words[0] ?? '',
    relation,
    source: sourceOf(synset),
    reason: labelled(
      relation === 'BROADER' ? broaderReason(dictionary, synset, found) : nearReason(dictionary, synset),
      usageLabels(dictionary, synset),
    ),
  }));
}

const sameWord = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Words that share the meaning; broader and near ones are added with their label when there are too few. */
export const synonyms: MakeKind = ({ dictionary, found, wanted }) => {
  const { synset, lemma } = found;
  const labels = usageLabels(dictionary, synset);
  const reason = labelled(`Means the same: ${meaning(dictionary, synset)}.`, labels);
  const true_: ExampleItem[] = synset.words
    .filter((word, i, all) => !sameWord(word, lemma) && all.findIndex((other) => sameWord(other, word)) === i)
    .slice(0, wanted)
    .map((text) => ({ text, relation: 'SYNONYM', source: sourceOf(synset), reason }));
  const taken = new Set([lemma, ...synset.words].map((word) => word.toLowerCase()));
  const added = extras(dictionary, found).filter(({ text }) => {
    const fresh = !taken.has(text.toLowerCase());
    taken.add(text.toLowerCase());
    return fresh;
  });
  const room = Math.min(MAX_EXTRAS, wanted - true_.length);
  return { items: [...true_, ...added.slice(0, Math.max(0, room))], counted: true_.length };
};
