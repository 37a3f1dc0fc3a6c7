import type { ExampleItem } from '../examples/index.ts';
import { asSentence, balanced, quoted, readGloss, wordsOf } from '../wording/index.ts';
import type { Quotation } from '../wording/index.ts';
import type { MakeKind } from './kind.ts';
import { mentions, sourceOf } from './meaning.ts';

/** A form that only stands in a sentence with a subject. */
const FINITE =
  /\b(?:is|are|was|were|am|has|have|had|did|does|do|will|would|can|could|may|might|must|shall|should|went|came|made|took|gave|said|got|saw|\w{3,}ed|\w{3,}n't)\b/;
const SUBJECT =
  /^(?:I|you|he|she|it|we|they|the|a|an|his|her|my|our|their|your|this|that|these|those|there|who|what|[A-Z][a-z]+)\b/;

/** Whole sentences before fragments, those of a comfortable length before the others. */
function quality({ text }: Quotation): number {
  const words = wordsOf(text).length;
  const whole =
    SUBJECT.test(text) && (FINITE.test(text) || /^(?:he|she|it|they|we|I|you|the \w+)\s+\w+s?\b/.test(text)) ? 4 : 0;
  return whole + (words >= 4 ? 2 : 0) + (words <= 20 ? 1 : 0) + (/^[.…]/.test(text) ? -3 : 0);
}

/** Left out marks at either end are no part of the sentence. */
const trimmed = (text: string): string =>
  text
    .replace(/^[.…\s]+/, '')
    .replace(/\s*(?:\.{3,}|…)$/, '')
    .trim();

/** Sentences of the source in which the term itself is used in this meaning. */
export const sentences: MakeKind = ({ found, wanted }) => {
  const { synset, lemma } = found;
  const usable = readGloss(synset.gloss).quotations.filter(
    ({ text }) => mentions(text, lemma) && balanced(text) && wordsOf(text).length > 1,
  );
  const items: ExampleItem[] = usable
    .map((quotation, order) => ({ quotation, rank: quality(quotation) - order * 0.1 }))
    .sort((a, b) => b.rank - a.rank)
    .slice(0, wanted)
    .map(({ quotation: { text, by } }) => ({
      text: asSentence(trimmed(text)),
      relation: 'SELF',
      source: sourceOf(synset),
      reason:
        by === ''
          ? `Uses ${quoted(lemma)} in this sense.`
          : `Uses ${quoted(lemma)} in this sense; the words are quoted from ${by}.`,
    }));
  return { items, counted: items.length };
};
