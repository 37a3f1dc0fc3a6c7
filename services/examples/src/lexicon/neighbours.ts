import type { Dictionary, Synset } from '../dictionary/index.ts';
import type { Relation } from '../examples/index.ts';
import { headOf, readGloss, wordsOf } from '../wording/index.ts';
import type { FoundSense } from './find-senses.ts';
import { RUDE, usageLabels } from './find-senses.ts';
import { familiarity, isNickname } from './kind.ts';
import { breaksOff, meaning, mentions } from './meaning.ts';
import { nounSense } from './nouns.ts';
import { broader, isInstance, linked, narrower, siblings, topics } from './taxonomy.ts';

/** Telling words two glosses share: a sibling said in like words is the one taken for the term. */
function likeness(a: string, b: string): number {
  const words = new Set(wordsOf(a).filter((word) => word.length > 3));
  return wordsOf(b).filter((word) => words.has(word)).length;
}

/** Under such a parent, as `region` or `state`, most have nothing to do with each other but the parent. */
const MANY_CHILDREN = 25;
const EMPTY_WORDS =
  /^(?:with|that|which|from|used|having|being|some|other|such|more|than|between|they|their|also|made|without|condition|state|quality|action|process|person|people|another|someone|somebody|something|place|part|kind|like|many|when|where|into|only|resulting|especially|usually)$/;

/**
 * Whether anybody might take one for the other, where the parent is as wide as `region`: they share a field, or a word besides
 * the parent's, as `black hole` and `outer space` do; a county is no black hole, but nobody thought so.
 */
function isComparable(dictionary: Dictionary, synset: Synset, { synset: own, lemma }: FoundSense): boolean {
  const parents = broader(dictionary, own);
  const isNear = parents.every((parent) => narrower(dictionary, parent).length <= MANY_CHILDREN);
  if (isNear && synset.category === own.category) return true;
  const common = new Set(parents.flatMap(({ words }) => words).flatMap(wordsOf));
  const telling = (text: string): string =>
    wordsOf(text)
      .filter((word) => !common.has(word) && !EMPTY_WORDS.test(word))
      .map((word) => word.replace(/s$/, ''))
      .join(' ');
  const fields = new Set(topics(dictionary, own).map(({ id }) => id));
  return (
    topics(dictionary, synset).some(({ id }) => fields.has(id)) ||
    mentions(readGloss(synset.gloss).segments.join(' '), lemma) ||
    linked(dictionary, own, ['!']).some(({ id }) => id === synset.id) ||
    likeness(telling(readGloss(own.gloss).segments.join(' ')), telling(meaning(dictionary, synset))) > 0
  );
}

const isName = (word: string): boolean => /^\p{Lu}/u.test(word);

/** How readily the neighbour is taken for the term, and how well that is said. */
function rank(dictionary: Dictionary, synset: Synset, found: FoundSense, nearest: ReadonlySet<string>): number {
  const word = synset.words[0] ?? '';
  const means = meaning(dictionary, synset);
  const known = Math.min(4, Math.log2(1 + familiarity(dictionary, synset)));
  const like = Math.min(4, likeness(found.synset.gloss, readGloss(synset.gloss).segments.join(' ')));
  const named = mentions(means, found.lemma) && !mentions(word, found.lemma) ? 1.5 : 0;
  const own = mentions(word, found.lemma) || mentions(found.lemma, word) ? -3 : 0;
  const rude = usageLabels(dictionary, synset).some((label) => RUDE.test(label)) ? -20 : 0;
  const name = isName(word) !== isName(found.lemma) ? -4 : 0;
  const opposite = linked(dictionary, found.synset, ['!']).some(({ id }) => id === synset.id) ? 6 : 0;
  const length = means.split(' ').length;
  const said = (length > 28 || length < 3 ? -2 : 0) + (mentions(means, word) ? -2 : 0);
  return known + like + named + own + rude + name + opposite + said + (nearest.has(synset.id) ? 1 : 0);
}

/** What stands beside the term without being covered by it. */
function beside(dictionary: Dictionary, { synset, pos }: FoundSense): Synset[] {
  if (pos === 'noun' || pos === 'verb') return siblings(dictionary, synset);
  const heads = linked(dictionary, synset, ['&']);
  return synset.satellite ? heads.flatMap((head) => linked(dictionary, head, ['&'])) : heads;
}

export const relationBeside = ({ pos }: FoundSense): Relation =>
  pos === 'noun' || pos === 'verb' ? 'SIBLING' : 'NEAR';

/** What the term is said to be: photosynthesis is a synthesis, whatever stands beside it in the source. */
function genusOf(dictionary: Dictionary, { synset, pos }: FoundSense): string | undefined {
  return pos === 'noun' ? headOf(meaning(dictionary, synset), nounSense(dictionary)).toLowerCase() : undefined;
}

/** The neighbours of a term, those most easily taken for it first. None shares a word with it or is said by it alone. */
export function neighbours(dictionary: Dictionary, found: FoundSense): Synset[] {
  const { pos } = found;
  const own = new Set(found.synset.words.map((word) => word.toLowerCase()));
  const genus = genusOf(dictionary, found);
  const first = broader(dictionary, found.synset)[0];
  const nearest = new Set(first ? narrower(dictionary, first).map(({ id }) => id) : []);
  const distinct = new Map(beside(dictionary, found).map((synset) => [synset.id, synset]));
  const others = [...distinct.values()].filter(
    (one) =>
      one.id !== found.synset.id &&
      !isNickname(dictionary, one) &&
      // A fixer-upper is `a house in need of repair`: what is said to be one is none of those beside it.
      !(pos === 'noun' && own.has(headOf(meaning(dictionary, one), nounSense(dictionary)).toLowerCase())) &&
      // An individual under the same parent may well be one of what the term names.
      isInstance(one) === isInstance(found.synset) &&
      !(genus !== undefined && one.words.includes(genus)) &&
      !one.words.some((word) => own.has(word.toLowerCase())),
  );
  const comparable = pos === 'noun' ? others.filter((one) => isComparable(dictionary, one, found)) : others;
  return likeliest(dictionary, comparable.length > 0 ? comparable : others, found)
    .filter((synset) => saysMore(dictionary, synset, own))
    .filter((synset) => found.pos !== 'verb' || !breaksOff(meaning(dictionary, synset)))
    .map((synset, order) => ({ synset, rank: rank(dictionary, synset, found, nearest) - order * 0.001 }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ synset }) => synset)
    .filter(({ words }, i, all) => all.findIndex((other) => other.words[0] === words[0]) === i);
}

/** A parent may have a thousand children: only so many are weighed in full. */
const MAX_WEIGHED = 30;

function likeliest(dictionary: Dictionary, synsets: readonly Synset[], found: FoundSense): readonly Synset[] {
  if (synsets.length <= MAX_WEIGHED) return synsets;
  return synsets
    .map((synset) => ({
      synset,
      like: likeness(found.synset.gloss, synset.gloss) + Math.min(4, familiarity(dictionary, synset)),
    }))
    .sort((a, b) => b.like - a.like)
    .slice(0, MAX_WEIGHED)
    .map(({ synset }) => synset);
}

/** Whether the meaning is more than the term or its own name over again. */
function saysMore(dictionary: Dictionary, synset: Synset, own: ReadonlySet<string>): boolean {
  const means = meaning(dictionary, synset)
    .replace(/^(?:an?|the) /, '')
    .toLowerCase();
  // A sentence in place of a meaning: `holding an office means being in power`.
  if (/^\w+ing .*\bmeans\b/.test(means)) return false;
  return !own.has(means) && !synset.words.some((word) => word.toLowerCase() === means);
}
