import type { Dictionary, Synset } from '../dictionary/index.ts';
import type { ExampleItem, Relation } from '../examples/index.ts';
import { asSentence, quoted, readGloss, wordsOf } from '../wording/index.ts';
import type { FoundSense } from './find-senses.ts';
import { RUDE, usageLabels } from './find-senses.ts';
import { familiarity } from './kind.ts';
import type { MakeKind } from './kind.ts';
import { meaning, mentions, sourceOf } from './meaning.ts';
import { nameNoun } from './nouns.ts';
import { broader, isInstance, linked, siblings } from './taxonomy.ts';

/** Telling words two glosses share: a sibling said in like words is the one taken for the term. */
function likeness(a: string, b: string): number {
  const words = new Set(wordsOf(a).filter((word) => word.length > 3));
  return wordsOf(b).filter((word) => words.has(word)).length;
}

function rank(dictionary: Dictionary, synset: Synset, found: FoundSense): number {
  const word = synset.words[0] ?? '';
  const means = meaning(dictionary, synset);
  const known = Math.min(5, Math.log2(1 + familiarity(dictionary, synset)));
  const like = Math.min(4, likeness(found.synset.gloss, readGloss(synset.gloss).segments.join(' ')));
  const named = mentions(means, found.lemma) && !mentions(word, found.lemma) ? 1.5 : 0;
  const own = mentions(word, found.lemma) || mentions(found.lemma, word) ? -3 : 0;
  const rude = usageLabels(dictionary, synset).some((label) => RUDE.test(label)) ? -20 : 0;
  const name =
    isInstance(synset) !== isInstance(found.synset) || /^\p{Lu}/u.test(word) !== /^\p{Lu}/u.test(found.lemma) ? -4 : 0;
  const opposite = linked(dictionary, found.synset, ['!']).some(({ id }) => id === synset.id) ? 6 : 0;
  const length = means.split(' ').length;
  return known + like + named + own + rude + name + opposite - (length > 30 || length < 3 ? 2 : 0);
}

/** Roles of people overlap, substances and beasts do not: a poet may be a worker, a brook is no river. */
const overlaps = (synset: Synset): boolean =>
  ['person', 'attribute', 'state', 'act', 'cognition', 'communication'].includes(synset.category);

function nounText(dictionary: Dictionary, synset: Synset, found: FoundSense): string {
  const word = synset.words[0] ?? '';
  const own = nameNoun(dictionary, synset, word);
  const term = nameNoun(dictionary, found.synset, found.lemma);
  const be = own.plural ? 'are' : 'is';
  const not = overlaps(synset) ? 'not the same as' : 'not';
  const again = own.plural
    ? 'they are'
    : synset.category === 'person' && !isInstance(synset)
      ? `${own.text} is`
      : 'it is';
  return asSentence(`${own.text} ${be} ${not} ${term.text}: ${again} ${meaning(dictionary, synset)}`);
}

function wordText(dictionary: Dictionary, synset: Synset, found: FoundSense): string {
  const word = synset.words[0] ?? '';
  const means = meaning(dictionary, synset);
  if (found.pos === 'verb') return asSentence(`to ${word} is not the same as to ${found.lemma}: it is to ${means}`);
  return asSentence(`${quoted(word)} is not the same as ${quoted(found.lemma)}: it means ${quoted(means)}`);
}

/** What stands beside the term without being covered by it. */
function neighbours(dictionary: Dictionary, { synset, pos }: FoundSense): { beside: Synset[]; relation: Relation } {
  if (pos === 'noun' || pos === 'verb') return { beside: siblings(dictionary, synset), relation: 'SIBLING' };
  const heads = linked(dictionary, synset, ['&']);
  const cluster = synset.satellite ? heads.flatMap((head) => linked(dictionary, head, ['&'])) : heads;
  return { beside: cluster.filter(({ id }) => id !== synset.id), relation: 'NEAR' };
}

function because(dictionary: Dictionary, synset: Synset, found: FoundSense, relation: Relation): string {
  const parents = new Set(broader(dictionary, found.synset).map(({ id }) => id));
  const shared = broader(dictionary, synset).find(({ id }) => parents.has(id))?.words[0];
  if (relation === 'SIBLING' && shared !== undefined) return `Both fall under ${quoted(shared)}, beside each other.`;
  return `${quoted(synset.words[0] ?? '')} is near in meaning, with a difference of its own.`;
}

/** The neighbours of a term, those most easily taken for it first. */
export function counterOrder(dictionary: Dictionary, found: FoundSense): Synset[] {
  const own = new Set(found.synset.words.map((word) => word.toLowerCase()));
  return neighbours(dictionary, found)
    .beside.filter(({ words }) => !own.has((words[0] ?? '').toLowerCase()))
    .map((synset, order) => ({ synset, rank: rank(dictionary, synset, found) - order * 0.001 }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ synset }) => synset);
}

/** Neighbours taken for the term, with what they are instead. */
export const counterExamples: MakeKind = ({ dictionary, found, wanted }) => {
  const { relation } = neighbours(dictionary, found);
  const items: ExampleItem[] = counterOrder(dictionary, found)
    .slice(0, wanted)
    .map((synset) => ({
      text: found.pos === 'noun' ? nounText(dictionary, synset, found) : wordText(dictionary, synset, found),
      relation,
      source: sourceOf(synset),
      reason: because(dictionary, synset, found, relation),
    }));
  return { items, counted: items.length };
};
