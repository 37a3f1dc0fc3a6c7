import type { Dictionary, Synset } from '../dictionary/index.ts';
import { isFormOf } from '../dictionary/index.ts';
import type { NounSense } from '../wording/index.ts';
import {
  headOf,
  isMass,
  isPlural,
  MASS_NOUNS,
  readGloss,
  withIndefinite,
  withoutParentheses,
} from '../wording/index.ts';
import { ancestors, isInstance } from './taxonomy.ts';

/** A noun as it stands in a sentence. */
export interface NamedNoun {
  /** With its article: `a river`, `the Nile`, `milk`. */
  readonly text: string;
  readonly plural: boolean;
}

/** Names of these take `the`: the Nile, the Alps, the Sahara. */
const WITH_THE =
  /^(?:river|stream|sea|ocean|gulf|strait|channel|canal|desert|range|mountain range|archipelago|war|battle fleet|peninsula|empire|dynasty|political party|court|constellation|revolution|holy day season)$/;

/** There is but one. */
const UNIQUE = new Set(
  'sun,moon,sky,equator,universe,cosmos,atmosphere,internet,world,past,future,present,bible,stratosphere,zodiac,ionosphere,clergy,police,proletariat,bourgeoisie,public,devil,seaside,countryside,south pole,north pole,milky way,middle ages,renaissance'.split(
    ',',
  ),
);

/** The word a meaning is called by: `Red River` rather than `Red`. */
export function fullName(synset: Synset): string {
  const [short = '', ...others] = synset.words;
  return (isInstance(synset) ? others.find((word) => word.startsWith(`${short} `)) : undefined) ?? short;
}

/** Proper names of classes that have members: `an Englishman`, `a Ford`. */
const takesMember = (definition: string): boolean => /^(?:an?|any|one|someone|a member) /.test(definition);

export function nameNoun(dictionary: Dictionary, synset: Synset, word: string): NamedNoun {
  const definition = withoutParentheses(readGloss(synset.gloss).segments[0] ?? '');
  const above = ancestors(dictionary, synset);
  const lemmas = new Set(above.flatMap(({ words }) => words));
  if (UNIQUE.has(word) || (isInstance(synset) && word === 'Moon')) return { text: `the ${word}`, plural: false };
  if (/\p{Lu}/u.test(word)) return nameProper(synset, word, definition, above);
  if (
    /^(?:the|an?|one's|genus|family|order|class|subfamily|phylum|division|suborder|superfamily|tribe|kingdom|subclass) /i.test(
      word,
    )
  )
    return { text: word, plural: false };
  if (isPlural(word, definition)) return { text: word, plural: true };
  if (isBareMatter(dictionary, synset, word, definition)) return { text: word, plural: false };
  if (isMass({ word, category: synset.category, definition, ancestors: lemmas })) return { text: word, plural: false };
  return { text: withIndefinite(word), plural: false };
}

/** `elaborate attire and accessories`: a thing said without an article, by a noun that needs none. */
function isBareMatter(dictionary: Dictionary, { category }: Synset, word: string, definition: string): boolean {
  if (!['artifact', 'food'].includes(category) || /^(?:an?|the|any|one|either|two|three) /.test(definition))
    return false;
  const nouns = nounSense(dictionary);
  const head = headOf(definition, nouns);
  return (
    nouns.isPluralNoun(head) ||
    (MASS_NOUNS.has(head.toLowerCase()) && /(?:ry|ing|ware|wear|gear|stuff|age)$/.test(word))
  );
}

function nameProper(synset: Synset, word: string, definition: string, above: readonly Synset[]): NamedNoun {
  const plural = isPlural(word, definition) && /\ws$/.test(word) && isInstance(synset);
  if (isInstance(synset)) {
    const the = plural || above.slice(0, 3).some(({ words }) => words.some((one) => WITH_THE.test(one)));
    return { text: the && !/^(?:The|Lake|Mount|Cape) /.test(word) ? `the ${word}` : word, plural };
  }
  // `Doppler effect`, `French bread`: an ordinary noun behind a name; `Canis`, `Monday`: a name.
  const ordinary = /\p{Ll}/u.test(word.split(' ').at(-1)?.[0] ?? '');
  const biological =
    /^(?:genus|family|order|class|phylum|division|kingdom) /i.test(word) ||
    /\b(?:genus|family|order|phylum|division|class|taxonomic) /.test(definition.slice(0, 40));
  if (biological && !/^(?:a member|any|an? (?:\w+ )?member)/.test(definition)) return { text: word, plural: false };
  if (ordinary) {
    const lemmas = new Set(above.flatMap(({ words }) => words));
    if (isPlural(word, definition)) return { text: word, plural: true };
    return {
      text: isMass({ word, category: synset.category, definition, ancestors: lemmas }) ? word : withIndefinite(word),
      plural: false,
    };
  }
  if (synset.category === 'person' && /^the /.test(definition)) return { text: `the ${word}`, plural: false };
  const member =
    takesMember(definition) && ['person', 'animal', 'artifact', 'plant', 'group'].includes(synset.category);
  return { text: member ? withIndefinite(word) : word, plural: false };
}

const LATIN_PLURAL = /(?:bacteria|fungi|algae|larvae|phenomena|criteria|data|media|strata)$/;

/** Knows which words of a gloss are nouns, and of which number. */
export function nounSense(dictionary: Dictionary): NounSense {
  const isNoun = (word: string): boolean => dictionary.lookup(word, 'noun').length > 0;
  const isPluralNoun = (word: string): boolean => {
    const lower = word.toLowerCase();
    if (
      LATIN_PLURAL.test(lower) ||
      /^(?:people|men|women|children|feet|teeth|cattle|clothes|mice|geese|\w+men)$/.test(lower)
    )
      return true;
    if (!lower.endsWith('s') || /(?:ss|us|is)$/.test(lower)) return false;
    return [lower.slice(0, -1), lower.slice(0, -2), lower.replace(/ies$/, 'y'), lower.replace(/ves$/, 'f')].some(
      (base) => base !== lower && isFormOf(lower, base, 'noun') && isNoun(base),
    );
  };
  const isMassNoun = (word: string): boolean => {
    const lower = word.toLowerCase();
    if (MASS_NOUNS.has(lower)) return true;
    const first = dictionary.synset(dictionary.lookup(lower, 'noun')[0] ?? '');
    if (!first) return false;
    const definition = withoutParentheses(readGloss(first.gloss).segments[0] ?? '');
    return isMass({ word: lower, category: first.category, definition, ancestors: new Set() });
  };
  const isAdjective = (word: string): boolean => dictionary.lookup(word, 'adjective').length > 0;
  return { isNoun: (word) => isNoun(word) || isPluralNoun(word), isPluralNoun, isMassNoun, isAdjective };
}
