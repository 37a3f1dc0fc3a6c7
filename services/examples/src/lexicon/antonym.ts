import type { Dictionary, Synset } from '../dictionary/index.ts';
import type { ExampleItem, Relation } from '../examples/index.ts';
import { quoted } from '../wording/index.ts';
import type { FoundSense } from './find-senses.ts';
import type { MakeKind } from './kind.ts';
import { meaning, sourceOf } from './meaning.ts';
import { linked } from './taxonomy.ts';

interface Opposite {
  readonly word: string;
  readonly synset: Synset;
  readonly relation: Relation;
}

/** Word-to-word antonyms of the lemma itself, then those of its synonyms. */
function direct(dictionary: Dictionary, { synset, lemma }: FoundSense): Opposite[] {
  const own = synset.words.findIndex((word) => word.toLowerCase() === lemma.toLowerCase()) + 1;
  return synset.pointers
    .filter(({ symbol }) => symbol === '!')
    .flatMap(({ target, from, to }) => {
      const other = dictionary.synset(target);
      const word = other?.words[to - 1];
      if (!other || word === undefined) return [];
      return [{ word, synset: other, relation: (from === own ? 'ANTONYM' : 'INDIRECT_ANTONYM') as Relation }];
    })
    .sort((a, b) => Number(a.relation !== 'ANTONYM') - Number(b.relation !== 'ANTONYM'));
}

/** An adjective without an antonym of its own has that of the head it leans on. */
const throughHead = (dictionary: Dictionary, { synset }: FoundSense): Opposite[] =>
  linked(dictionary, synset, ['&'])
    .filter((head) => !head.satellite)
    .flatMap((head) => linked(dictionary, head, ['!']))
    .map((other) => ({ word: other.words[0] ?? '', synset: other, relation: 'INDIRECT_ANTONYM' }));

/** The first word of opposite meaning, if there is one. */
export const nearestOpposite = (dictionary: Dictionary, found: FoundSense): string | undefined =>
  [...direct(dictionary, found), ...throughHead(dictionary, found)][0]?.word;

/** Words that share the meaning of an opposite, then those that lean on it. */
function around(dictionary: Dictionary, opposites: readonly Opposite[]): Opposite[] {
  const same = opposites.flatMap(({ synset }) =>
    synset.words.map((word): Opposite => ({ word, synset, relation: 'INDIRECT_ANTONYM' })),
  );
  const leaning = opposites
    .flatMap(({ synset }) => linked(dictionary, synset, ['&']))
    .map((synset): Opposite => ({ word: synset.words[0] ?? '', synset, relation: 'INDIRECT_ANTONYM' }));
  return [...same, ...leaning];
}

function because(dictionary: Dictionary, { word, synset, relation }: Opposite, lemma: string): string {
  const means = quoted(meaning(dictionary, synset));
  if (relation === 'ANTONYM') return `The opposite of ${quoted(lemma)}: it means ${means}.`;
  return `Opposite by way of a near term: ${quoted(word)} means ${means}.`;
}

/** Words of opposite meaning, never the word itself or one of its synonyms. */
export const antonyms: MakeKind = ({ dictionary, found, wanted }) => {
  const first = [...direct(dictionary, found), ...throughHead(dictionary, found)];
  const taken = new Set([found.lemma, ...found.synset.words].map((word) => word.toLowerCase()));
  const items: ExampleItem[] = [];
  for (const opposite of [...first, ...around(dictionary, first)]) {
    const key = opposite.word.toLowerCase();
    if (items.length >= wanted || key === '' || taken.has(key)) continue;
    taken.add(key);
    items.push({
      text: opposite.word,
      relation: opposite.relation,
      source: sourceOf(opposite.synset),
      reason: because(dictionary, opposite, found.lemma),
    });
  }
  return { items, counted: items.length };
};
