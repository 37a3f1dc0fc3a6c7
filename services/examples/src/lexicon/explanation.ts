import type { Dictionary, Synset } from '../dictionary/index.ts';
import { asSentence, capitalised, listed, quoted, readGloss, withoutParentheses } from '../wording/index.ts';
import type { FoundSense } from './find-senses.ts';
import { usageLabels } from './find-senses.ts';
import { defineSense } from './define.ts';
import { familiarity } from './kind.ts';
import type { KindInput, MakeKind } from './kind.ts';
import { isRemark, meaning, mentions, sourceOf } from './meaning.ts';
import { neighbours } from './neighbours.ts';
import { fullName, nameNoun } from './nouns.ts';
import type { NamedNoun } from './nouns.ts';
import { ancestors, broader, isInstance, linked, narrower, topics } from './taxonomy.ts';

/** A person is no `it`: the name is said again. */
const pronoun = ({ synset }: FoundSense, own: NamedNoun): string =>
  own.plural ? 'they' : synset.category === 'person' ? own.text : 'it';

const withoutStop = (text: string): string => text.replace(/\.$/, '');

/** Remarks of the gloss that can stand as sentences: `occurs in many breeds` → `It occurs in many breeds.` */
function remarks({ synset, pos }: FoundSense, pronoun: 'it' | 'they'): string[] {
  if (pos !== 'noun') return [];
  const be = pronoun === 'it' ? 'is' : 'are';
  return readGloss(synset.gloss)
    .segments.slice(1)
    .map(withoutParentheses)
    .filter(isRemark)
    .flatMap((segment) => {
      if (/^(?:it|its|this) /.test(segment)) return pronoun === 'it' ? [segment] : [];
      if (/^(?:they|their|these) /.test(segment)) return pronoun === 'they' ? [segment] : [];
      if (
        /^(?:used|found|grown|made|known|called|characterized|considered|believed|native|similar|related|common|noted|famous|often|usually|sometimes|now|formerly) (?!is|are|has|have)/.test(
          segment,
        ) &&
        !/^(?:often|usually|sometimes|now|formerly) (?!used|found|grown|made|known|called|considered|caused)/.test(
          segment,
        )
      )
        return [`${pronoun} ${be} ${segment}`];
      if (
        /^(?:is|has|was|occurs|includes|causes|contains|consists|produces|grows|lives|forms|inhabits|comes)\b/.test(
          segment,
        ) &&
        pronoun === 'it'
      )
        return [`it ${segment}`];
      if (
        /^(?:are|have|were|occur|include|cause|contain|consist|produce|grow|live|form|inhabit)\b/.test(segment) &&
        pronoun === 'they'
      )
        return [`they ${segment}`];
      return [];
    })
    .slice(0, 2)
    .map(asSentence);
}

const named = (dictionary: Dictionary, synset: Synset): NamedNoun => nameNoun(dictionary, synset, fullName(synset));

/** Best known first. */
const known = (dictionary: Dictionary, synsets: readonly Synset[]): Synset[] =>
  synsets
    .map((synset, order) => ({ synset, rank: familiarity(dictionary, synset) - order * 0.001 }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ synset }) => synset);

function nounNeighbours({ dictionary, found }: KindInput, own: NamedNoun): string[] {
  const beside = neighbours(dictionary, found).slice(0, 2);
  if (beside.length === 0) return [];
  const differ = own.plural ? 'they differ' : `${pronoun(found, own)} differs`;
  const each = beside.map((synset) => {
    const { text, plural } = named(dictionary, synset);
    return `from ${text}, ${synset.category === 'person' ? 'who' : 'which'} ${plural ? 'are' : 'is'} ${meaning(dictionary, synset)}`;
  });
  return [asSentence(`${differ} ${each.join(', and ')}`)];
}

function nounKinds({ dictionary, found }: KindInput): string[] {
  const below = known(dictionary, narrower(dictionary, found.synset));
  if (below.length === 0) return [];
  const instances = below.filter(isInstance);
  const kinds = below.filter((synset) => !isInstance(synset)).slice(0, 3);
  if (kinds.length === 0)
    return [
      asSentence(`known examples are ${listed(instances.slice(0, 3).map((synset) => named(dictionary, synset).text))}`),
    ];
  const itself = found.synset.category === 'person' ? found.lemma : 'it';
  const names = listed(kinds.map(({ words }) => words[0] ?? ''));
  return [
    asSentence(
      kinds.length === 1
        ? `one kind of ${itself} is ${named(dictionary, kinds[0] as Synset).text}`
        : `${found.synset.category === 'person' ? `kinds of ${found.lemma}` : nameNoun(dictionary, found.synset, found.lemma).plural ? 'their kinds' : 'its kinds'} include ${names}`,
    ),
  ];
}

/** `genus Cornus` says more than `Cornus`. */
function groupName(dictionary: Dictionary, synset: Synset): string {
  const ranked = synset.words.find((word) => /^(?:genus|family|order|class|phylum) /.test(word));
  return ranked === undefined ? named(dictionary, synset).text : `the ${ranked}`;
}

function nounParts({ dictionary, found }: KindInput, own: NamedNoun): string[] {
  if (found.synset.category === 'person') return [];
  const [it, its, be] = own.plural ? ['they', 'their', 'are'] : ['it', 'its', 'is'];
  const names = (synsets: readonly Synset[]): string => listed(synsets.map((synset) => named(dictionary, synset).text));
  const others = (symbol: string): Synset[] =>
    known(dictionary, linked(dictionary, found.synset, [symbol])).filter(
      ({ words }) => !words.some((word) => found.synset.words.includes(word)),
    );
  const inside = others('%p').slice(0, 3);
  const matter = others('%s').slice(0, 3);
  const [whole, group] = [others('#p')[0], others('#m')[0]];
  return [
    ...(inside.length > 0
      ? [asSentence(`${inside.length === 1 ? `one of ${its} parts is` : `${its} parts include`} ${names(inside)}`)]
      : []),
    ...(matter.length > 0 ? [asSentence(`${it} ${own.plural ? 'contain' : 'contains'} ${names(matter)}`)] : []),
    ...(whole ? [asSentence(`${it} ${be} part of ${named(dictionary, whole).text}`)] : []),
    ...(group ? [asSentence(`${it} ${own.plural ? 'belong' : 'belongs'} to ${groupName(dictionary, group)}`)] : []),
  ];
}

function fieldSentence(dictionary: Dictionary, topic: Synset): string {
  const name = topic.words[0] ?? '';
  const isLanguage = ancestors(dictionary, topic).some(({ words }) => words.includes('language'));
  if (isLanguage && /^\p{Lu}/u.test(name)) return `The word is ${name}.`;
  const { text } = named(dictionary, topic);
  return text === name ? `The term belongs to the field of ${name}.` : `The term is used in connection with ${text}.`;
}

function field({ dictionary, found }: KindInput): string[] {
  const topic = topics(dictionary, found.synset)[0];
  const labels = usageLabels(dictionary, found.synset);
  return [
    ...(topic ? [fieldSentence(dictionary, topic)] : []),
    ...(labels.length > 0 ? [`Its use is labelled ${listed(labels)}.`] : []),
  ];
}

/** Places the term under what is broader, unless its definition has just said so. */
function place({ dictionary, found }: KindInput, own: NamedNoun, definition: string): string[] {
  const above = broader(dictionary, found.synset)[0];
  const genus = above?.words.find((word) => !mentions(word, found.lemma));
  if (above === undefined || genus === undefined) return [];
  if (above.words.some((word) => mentions(definition, word))) return [];
  const be = own.plural ? 'they are' : `${pronoun(found, own)} is`;
  const an = isInstance(found.synset) ? nameNoun(dictionary, above, genus).text : `a kind of ${genus}`;
  return [asSentence(`${be} ${an}`)];
}

function explainNoun(input: KindInput): string[] {
  const { dictionary, found } = input;
  const own = nameNoun(dictionary, found.synset, found.lemma);
  const definition = withoutStop(defineSense(dictionary, found, []));
  const opening = asSentence(`${own.text} ${own.plural ? 'are' : 'is'} ${definition}`);
  const more = [
    ...place(input, own, definition),
    ...remarks(found, own.plural ? 'they' : 'it'),
    ...nounNeighbours(input, own),
    ...nounKinds(input),
    ...nounParts(input, own),
    ...field(input),
  ];
  return [opening, ...more];
}

function explainVerb({ dictionary, found }: KindInput): string[] {
  const definition = withoutStop(defineSense(dictionary, found, []));
  const above = broader(dictionary, found.synset)[0];
  const genus = above?.words.find((word) => !mentions(word, found.lemma));
  const below = known(dictionary, narrower(dictionary, found.synset))
    .slice(0, 3)
    .map(({ words }) => `to ${words[0] ?? ''}`);
  const beside = neighbours(dictionary, found)
    .filter(({ words }) => !below.includes(`to ${words[0] ?? ''}`))
    .slice(0, 1);
  const [entails, causes] = [linked(dictionary, found.synset, ['*'])[0], linked(dictionary, found.synset, ['>'])[0]];
  const opposite = linked(dictionary, found.synset, ['!'])[0]?.words[0];
  return [
    `To ${found.lemma} is ${definition}.`,
    ...(genus !== undefined && !mentions(definition, genus) ? [`It is one way to ${genus}.`] : []),
    ...beside.map((synset) => `To ${synset.words[0] ?? ''}, by contrast, is to ${meaning(dictionary, synset)}.`),
    ...(below.length > 0
      ? [`${below.length === 1 ? 'A more exact word for it is' : 'More exact words for it are'} ${listed(below)}.`]
      : []),
    ...(entails ? [`Whoever does it must also ${entails.words[0] ?? ''}.`] : []),
    ...(causes ? [`It makes something ${causes.words[0] ?? ''}.`] : []),
    ...(opposite !== undefined ? [`Its opposite is to ${opposite}.`] : []),
  ];
}

/** A near word with its meaning, unless that is long or says the word again. */
function nearWord(dictionary: Dictionary, synset: Synset): string {
  const word = synset.words[0] ?? '';
  const means = meaning(dictionary, synset);
  return mentions(means, word) || means.split(' ').length > 14
    ? quoted(word)
    : `${quoted(word)}, which means ${quoted(means)}`;
}

function explainModifier({ dictionary, found }: KindInput): string[] {
  const definition = withoutStop(defineSense(dictionary, found, []));
  const { saidOf } = readGloss(found.synset.gloss);
  const near = linked(dictionary, found.synset, ['&'])
    .filter(({ words }) => !mentions(words[0] ?? '', found.lemma))
    .slice(0, 2);
  const opposite =
    linked(dictionary, found.synset, ['!'])[0] ??
    near.filter(({ satellite }) => !satellite).flatMap((head) => linked(dictionary, head, ['!']))[0];
  const relatedNoun = linked(dictionary, found.synset, ['\\', '='])[0];
  return [
    `${capitalised(quoted(found.lemma))} means ${quoted(definition)}.`,
    ...(saidOf !== '' ? [`It is said of ${saidOf}.`] : []),
    ...(near.length > 0
      ? [
          `Near it ${near.length > 1 ? 'stand' : 'stands'} ${near.map((synset) => nearWord(dictionary, synset)).join(', and ')}.`,
        ]
      : []),
    ...(opposite !== undefined ? [`Opposed to it is ${quoted(opposite.words[0] ?? '')}.`] : []),
    ...(relatedNoun !== undefined
      ? [`It goes with the ${relatedNoun.pos} ${quoted(relatedNoun.words[0] ?? '')}.`]
      : []),
  ];
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
  return [...sentences, `It is grouped with ${found.pos}s of ${found.synset.category}.`];
}

/** One paragraph: what it is, how it differs from its neighbours, what falls under it and where it belongs. */
export const explanation: MakeKind = (input) => {
  const { found } = input;
  const sentences =
    found.pos === 'noun' ? explainNoun(input) : found.pos === 'verb' ? explainVerb(input) : explainModifier(input);
  const withField = found.pos === 'noun' ? sentences : [...sentences, ...field(input)];
  const text = atLeastTwo(withField, input).slice(0, 6).join(' ');
  const reason = `Says what ${quoted(found.lemma)} covers and how it differs from its neighbours.`;
  return { items: [{ text, relation: 'SELF', source: sourceOf(found.synset), reason }], counted: 1 };
};
