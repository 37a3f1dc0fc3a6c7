import type { Dictionary, PartOfSpeech, Synset } from '../dictionary/index.ts';
import { categoryOfWords, listed, quoted } from '../wording/index.ts';
import { explainModifier } from './explain-modifier.ts';
import { explainNoun } from './explain-noun.ts';
import { explainVerb } from './explain-verb.ts';
import { usageLabels } from './find-senses.ts';
import type { KindInput, MakeKind } from './kind.ts';
import { sourceOf } from './meaning.ts';
import { nameNoun } from './nouns.ts';
import { ancestors, topics } from './taxonomy.ts';

function fieldSentence(dictionary: Dictionary, topic: Synset): string {
  const name = topic.words[0] ?? '';
  const isLanguage = ancestors(dictionary, topic).some(({ words }) => words.includes('language'));
  if (isLanguage && /^\p{Lu}/u.test(name)) return `The word is ${name}.`;
  const { text } = nameNoun(dictionary, topic, name);
  return text === name ? `The term belongs to the field of ${name}.` : `The term is used in connection with ${text}.`;
}

/** Labels such as `slang` or `offensive` stand right behind the first sentence, where nobody misses them. */
function usage({ dictionary, found }: KindInput): string[] {
  const labels = usageLabels(dictionary, found.synset);
  return labels.length > 0 ? [`Its use is labelled ${listed(labels)}.`] : [];
}

function field({ dictionary, found }: KindInput): string[] {
  const topic = topics(dictionary, found.synset)[0];
  return topic ? [fieldSentence(dictionary, topic)] : [];
}

/** The paragraph always has a second sentence: where the source says nothing else, its category does. */
function atLeastTwo(sentences: readonly string[], input: KindInput): string[] {
  if (sentences.length > 1) return [...sentences];
  const { found } = input;
  if (found.synset.words.length > 1) {
    const others = found.synset.words.filter((word) => word.toLowerCase() !== found.lemma.toLowerCase());
    if (others.length > 0) return [...sentences, `The same is meant by ${listed(others.map(quoted))}.`];
  }
  if (found.synset.category === 'all')
    return [...sentences, `The source lists no nearer and no opposite ${found.pos}.`];
  return [...sentences, `It belongs with the ${categoryOfWords(found.pos, found.synset.category)}.`];
}

const EXPLAINERS: Readonly<Record<PartOfSpeech, (input: KindInput) => string[]>> = {
  noun: explainNoun,
  verb: explainVerb,
  adjective: explainModifier,
  adverb: explainModifier,
};

/** A paragraph is read aloud: longer ones tire. */
const MAX_SENTENCES = 7;

/** One paragraph: what it is, how it differs from its neighbours, what falls under it and where it belongs. */
export const explanation: MakeKind = (input) => {
  const { synset, lemma, pos } = input.found;
  const [opening = '', ...more] = EXPLAINERS[pos](input);
  const sentences = atLeastTwo([opening, ...usage(input), ...more, ...field(input)], input);
  const reason = `Says what ${quoted(lemma)} covers and how it differs from its neighbours.`;
  const text = sentences.slice(0, MAX_SENTENCES).join(' ');
  return { items: [{ text, relation: 'SELF', source: sourceOf(synset), reason }], counted: 1 };
};
