import type { Dictionary, Synset } from '../dictionary/index.ts';
import { asSentence, listed } from '../wording/index.ts';
import { defineSense } from './define.ts';
import type { FoundSense } from './find-senses.ts';
import { isBrief, isNickname, known } from './kind.ts';
import type { KindInput } from './kind.ts';
import { meaning, mentions } from './meaning.ts';
import { neighbours } from './neighbours.ts';
import { fullName, nameNoun } from './nouns.ts';
import type { NamedNoun } from './nouns.ts';
import { remarks } from './remarks.ts';
import { broader, isInstance, linked, narrower } from './taxonomy.ts';

/** A person is no `it`: the name is said again. */
const pronoun = ({ synset }: FoundSense, own: NamedNoun): string =>
  own.plural ? 'they' : synset.category === 'person' ? own.text : 'it';

const withoutStop = (text: string): string => text.replace(/\.$/, '');

const named = (dictionary: Dictionary, synset: Synset): NamedNoun => nameNoun(dictionary, synset, fullName(synset));

function nounNeighbours({ dictionary, found }: KindInput, own: NamedNoun): string[] {
  const beside = neighbours(dictionary, found)
    .filter((synset) => isBrief(dictionary, synset))
    .slice(0, 2);
  if (beside.length === 0) return [];
  const differ = own.plural ? 'they differ' : `${pronoun(found, own)} differs`;
  const each = beside.map((synset) => {
    const { text, plural } = named(dictionary, synset);
    return `from ${text}, ${synset.category === 'person' ? 'who' : 'which'} ${plural ? 'are' : 'is'} ${meaning(dictionary, synset)}`;
  });
  return [asSentence(`${differ} ${each.join(', and ')}`)];
}

function nounKinds({ dictionary, found }: KindInput, own: NamedNoun): string[] {
  const below = known(dictionary, narrower(dictionary, found.synset)).filter(
    (synset) => !isNickname(dictionary, synset),
  );
  const kinds = below.filter((synset) => !isInstance(synset)).slice(0, 3);
  const person = found.synset.category === 'person';
  if (below.length === 0) return [];
  if (kinds.length === 0) {
    return [
      asSentence(`known examples are ${listed(below.slice(0, 3).map((synset) => named(dictionary, synset).text))}`),
    ];
  }
  if (kinds.length === 1) {
    return [asSentence(`one kind of ${person ? found.lemma : 'it'} is ${named(dictionary, kinds[0] as Synset).text}`)];
  }
  const theKinds = person ? `kinds of ${found.lemma}` : own.plural ? 'their kinds' : 'its kinds';
  return [asSentence(`${theKinds} include ${listed(kinds.map(({ words }) => words[0] ?? ''))}`)];
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

/** What it is, how it differs from its neighbours, its kinds, its parts and what it is part of. */
export function explainNoun(input: KindInput): string[] {
  const { dictionary, found } = input;
  const own = nameNoun(dictionary, found.synset, found.lemma);
  const definition = withoutStop(defineSense(dictionary, found, []));
  const opening = asSentence(`${own.text} ${own.plural ? 'are' : 'is'} ${definition}`);
  const more = [
    ...place(input, own, definition),
    ...remarks(found, own.plural ? 'they' : 'it'),
    ...nounNeighbours(input, own),
    ...nounKinds(input, own),
    ...nounParts(input, own),
  ];
  return [opening, ...more];
}
