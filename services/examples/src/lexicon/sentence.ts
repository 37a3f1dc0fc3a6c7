import type { Dictionary, Synset } from '../dictionary/index.ts';
import type { ExampleItem, Relation } from '../examples/index.ts';
import { balanced, inSentence, quoted, readGloss, wordsOf } from '../wording/index.ts';
import type { Quotation } from '../wording/index.ts';
import type { FoundSense } from './find-senses.ts';
import type { MakeKind } from './kind.ts';
import { mentions, sourceOf } from './meaning.ts';
import { linked } from './taxonomy.ts';

/** A form that only stands in a sentence with a subject. */
const FINITE =
  /\b(?:is|are|was|were|am|has|have|had|did|does|do|will|would|can|could|may|might|must|shall|should|went|came|made|took|gave|said|got|saw|\w{3,}ed|\w{3,}n't)\b/;
const SUBJECT =
  /^(?:I|you|he|she|it|we|they|the|a|an|his|her|my|our|their|your|this|that|these|those|there|who|what|[A-Z][a-z]+)\b/;
const SHORT_CLAUSE = /^(?:he|she|it|they|we|I|you|the \w+)\s+\w+s?\b/i;

/** Whole sentences before fragments, those of a comfortable length before the others. */
function quality({ text }: Quotation): number {
  const words = wordsOf(text).length;
  const whole = SUBJECT.test(text) && (FINITE.test(text) || SHORT_CLAUSE.test(text)) ? 4 : 0;
  return whole + (words >= 4 ? 2 : 0) + (words <= 20 ? 1 : 0) + (/^[.…]/.test(text) ? -3 : 0);
}

/** Marks of omission at either end are no part of the sentence. */
const trimmed = (text: string): string =>
  text
    .replace(/\s*\((?:or|and|also)\b[^()]*\)/g, '')
    .replace(/^[.…\s]+/, '')
    .replace(/\s*(?:\.{3,}|…)$/, '')
    .replace(/\s*\.{3}\s*/g, ' … ')
    .trim()
    .replace(WITHOUT_SUBJECT, 'they ');

/** `spent many happy days on the beach`: the source left out who. */
const WITHOUT_SUBJECT =
  /^(?=(?:spent|went|took|gave|got|saw|came|felt|kept|ran|sat|sent|told|thought|wore|wrote|drove|ate|bought|brought|caught|said|had|looked|stayed|lived|talked|walked) \w+ \w)/;

const usable = (quotation: Quotation): boolean =>
  !/^[“'‘]/.test(quotation.text) && balanced(quotation.text) && wordsOf(quotation.text).length > 1;

/** A quotation and the word of the meaning it uses. */
interface Use {
  readonly quotation: Quotation;
  readonly word: string;
  readonly relation: Relation;
  readonly source: Synset;
}

/** Quotations of a meaning that use one of its words; the term itself is looked for first. */
function uses(synset: Synset, lemma: string, relation: Relation): Use[] {
  const words = [lemma, ...synset.words.filter((word) => word.toLowerCase() !== lemma.toLowerCase())];
  return readGloss(synset.gloss)
    .quotations.filter(usable)
    .map((quotation, order) => ({ quotation, order, rank: quality(quotation) - order * 0.1 }))
    .sort((a, b) => b.rank - a.rank)
    .flatMap(({ quotation }): Use[] => {
      const word = words.find((one) => mentions(quotation.text, one));
      // A word or two show nothing of a meaning when the term itself is not among them.
      if (word === undefined || (word !== lemma && wordsOf(quotation.text).length < 3)) return [];
      return [{ quotation, word, relation: word === lemma ? 'SELF' : relation, source: synset }];
    });
}

const explained = ({ word, quotation: { by }, relation }: Use, lemma: string): string => {
  const said = by === '' ? '' : ` The words are quoted from ${by}.`;
  if (relation === 'SELF') return `Uses ${quoted(lemma)} in this sense.${said}`;
  const like = relation === 'SYNONYM' ? 'means the same here' : 'is near in meaning';
  return `Uses ${quoted(word)}, which ${like}; the source has no ${relation === 'SYNONYM' ? '' : 'closer '}sentence with ${quoted(lemma)}.${said}`;
};

/** Uses of the term itself; where there is none, of a word that means the same, and then of one near to it. */
function bestUses(dictionary: Dictionary, { synset, lemma }: FoundSense): Use[] {
  const own = uses(synset, lemma, 'SYNONYM');
  const self = own.filter(({ relation }) => relation === 'SELF');
  if (self.length > 0) return self;
  if (own.length > 0) return own;
  const near = linked(dictionary, synset, ['$']).flatMap((other) => uses(other, lemma, 'NEAR'));
  // A sentence with the term in another meaning would mislead.
  return near.filter(({ relation }) => relation === 'NEAR');
}

/** Sentences of the source for this meaning. */
export const sentences: MakeKind = ({ dictionary, found, wanted }) => {
  const items: ExampleItem[] = bestUses(dictionary, found)
    .slice(0, wanted)
    .map((use) => ({
      text: inSentence(trimmed(use.quotation.text), { word: use.word, pos: found.pos }),
      relation: use.relation,
      source: sourceOf(use.source),
      reason: explained(use, found.lemma),
    }));
  return { items, counted: items.length };
};
