import type { Dictionary, Synset } from '../dictionary/index.ts';
import type { ExampleItem } from '../examples/index.ts';
import { asSentence, quoted } from '../wording/index.ts';
import type { FoundSense } from './find-senses.ts';
import { RUDE, usageLabels } from './find-senses.ts';
import { familiarity, isNickname } from './kind.ts';
import type { MakeKind } from './kind.ts';
import { breaksOff, meaning, mentions, sourceOf } from './meaning.ts';
import { fullName, nameNoun } from './nouns.ts';
import { isInstance, narrower } from './taxonomy.ts';

/** Kinds a reader knows first, individual instances and bare repetitions last. */
function rank(dictionary: Dictionary, synset: Synset, found: FoundSense): number {
  const known = Math.log2(1 + familiarity(dictionary, synset));
  const means = meaning(dictionary, synset);
  const verb = found.pos === 'verb' && mentions(means, synset.words[0] ?? '') ? -6 : 0;
  const own = mentions(synset.words[0] ?? '', found.lemma) ? -0.5 : 0;
  const rude = usageLabels(dictionary, synset).some((label) => RUDE.test(label)) ? -20 : 0;
  return known + own + rude + verb + (isInstance(synset) ? -0.3 : 0) + (means.split(' ').length > 30 ? -2 : 0);
}

function caseText(dictionary: Dictionary, synset: Synset, found: FoundSense): string {
  const word = fullName(synset);
  const means = meaning(dictionary, synset);
  if (found.pos === 'verb') return asSentence(`to ${word} is one way to do it: to ${means}`);
  const { text, plural } = nameNoun(dictionary, synset, word);
  const one = isInstance(synset) ? 'an example' : 'one kind';
  return asSentence(`${text} ${plural ? 'are' : 'is'} ${one}: ${means}`);
}

/** Says the whole of what is done, and not the term over again. */
const isWhole = (means: string, { synset }: FoundSense): boolean => !breaksOff(means) && !synset.words.includes(means);

/** Kinds and instances of the term, each in the words of its own gloss. */
export const practicalCases: MakeKind = ({ dictionary, found, wanted }) => {
  const items: ExampleItem[] = narrower(dictionary, found.synset)
    .filter((synset) => !isNickname(dictionary, synset) && synset.words[0]?.toLowerCase() !== found.lemma.toLowerCase())
    .filter((synset) => found.pos !== 'verb' || isWhole(meaning(dictionary, synset), found))
    .map((synset, order) => ({ synset, rank: rank(dictionary, synset, found) - order * 0.001 }))
    .sort((a, b) => b.rank - a.rank)
    .filter(({ synset }, i, all) => all.findIndex((one) => one.synset.words[0] === synset.words[0]) === i)
    .slice(0, wanted)
    .map(({ synset }) => ({
      text: caseText(dictionary, synset, found),
      relation: 'NARROWER',
      source: sourceOf(synset),
      reason: `${quoted(synset.words[0] ?? '')} falls under ${quoted(found.lemma)}.`,
    }));
  return { items, counted: items.length };
};
