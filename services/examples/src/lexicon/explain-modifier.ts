import type { Dictionary, Synset } from '../dictionary/index.ts';
import { capitalised, quoted, readGloss } from '../wording/index.ts';
import { nearestOpposite } from './antonym.ts';
import { defineSense } from './define.ts';
import { isBrief } from './kind.ts';
import type { KindInput } from './kind.ts';
import { meaning, mentions } from './meaning.ts';
import { linked } from './taxonomy.ts';

/** A near word with its meaning, unless that is long or says the word again. */
function nearWord(dictionary: Dictionary, synset: Synset): string {
  const word = synset.words[0] ?? '';
  const means = meaning(dictionary, synset);
  return mentions(means, word) || !isBrief(dictionary, synset, 14)
    ? quoted(word)
    : `${quoted(word)}, which means ${quoted(means)}`;
}

/** What an adjective or adverb means, what stands near it and what is opposed to it. */
export function explainModifier({ dictionary, found }: KindInput): string[] {
  const definition = defineSense(dictionary, found, []).replace(/\.$/, '');
  const { saidOf } = readGloss(found.synset.gloss);
  const near = linked(dictionary, found.synset, ['&'])
    .filter(({ words }) => !mentions(words[0] ?? '', found.lemma))
    .slice(0, 2);
  const opposite = nearestOpposite(dictionary, found);
  const relatedNoun = linked(dictionary, found.synset, ['\\', '='])[0];
  return [
    `${capitalised(quoted(found.lemma))} means ${quoted(definition)}.`,
    ...(saidOf !== '' ? [`It is said of ${saidOf}.`] : []),
    ...(near.length > 0
      ? [
          `Near it ${near.length > 1 ? 'stand' : 'stands'} ${near.map((synset) => nearWord(dictionary, synset)).join(', and ')}.`,
        ]
      : []),
    ...(opposite !== undefined ? [`Opposed to it is ${quoted(opposite)}.`] : []),
    ...(relatedNoun !== undefined
      ? [`It goes with the ${relatedNoun.pos} ${quoted(relatedNoun.words[0] ?? '')}.`]
      : []),
  ];
}
