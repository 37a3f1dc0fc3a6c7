import { irregularBases } from './irregular-words.ts';
import type { PartOfSpeech } from '../rule.ts';

type Ending = readonly [ending: string, replacement: string];

const VERB: readonly Ending[] = [
  ['ies', 'y'],
  ['es', ''],
  ['s', ''],
  ['ied', 'y'],
  ['ed', ''],
  ['ed', 'e'],
  ['ing', ''],
  ['ing', 'e'],
];
const NOUN: readonly Ending[] = [
  ['ies', 'y'],
  ['es', ''],
  ['s', ''],
];
const COMPARED: readonly Ending[] = [
  ['ier', 'y'],
  ['iest', 'y'],
  ['er', ''],
  ['er', 'e'],
  ['est', ''],
  ['est', 'e'],
];
const ENDINGS: Readonly<Record<PartOfSpeech, readonly Ending[]>> = {
  noun: NOUN,
  verb: VERB,
  adjective: COMPARED,
  adverb: COMPARED,
};

/** Look like `numb-er`, `matt-er`, `lit-t-er`, `mast-er` and are not. */
const NOT_COMPARED: ReadonlySet<string> = new Set(['number', 'matter', 'litter', 'master']);
/** `th-ing` and `str-ing` are no inflections: the stem of one has a vowel. */
const STEM = /^(?=.*[aeiouy]).{2,}$/;
const DOUBLED = /([b-df-hj-np-tv-z])\1$/;

function stemsOf(word: string, endings: readonly Ending[]): string[] {
  return endings.flatMap(([ending, replacement]) => {
    if (!word.endsWith(ending) || (ending === 's' && /(?:ss|us|is)$/.test(word))) return [];
    const stem = word.slice(0, -ending.length);
    // `tr-ied` gets its vowel back.
    if (!STEM.test(replacement === 'y' ? stem + replacement : stem)) return [];
    // `running` → `runn` → `run`
    return DOUBLED.test(stem) && replacement === '' ? [stem, stem.slice(0, -1)] : [stem + replacement];
  });
}

/** The longest word an inflection is looked for in; longer ones stand for themselves. */
const MAX_WORD = 60;

/** What a word may be an inflection of, itself first. Part of speech unknown: of any. */
export function basesOf(word: string, part?: PartOfSpeech): string[] {
  if (word.length > MAX_WORD) return [word];
  const endings = part ? ENDINGS[part] : [...VERB, ...COMPARED];
  const compared = endings !== NOUN && endings !== VERB && NOT_COMPARED.has(word);
  return [word, ...irregularBases(word), ...(compared ? [] : stemsOf(word, endings))];
}

/** Whether `word`, met in a text, is one of the forms or an inflection of it. */
export const isFormOf = (word: string, forms: readonly string[], part?: PartOfSpeech): boolean =>
  basesOf(word, part).some((base) => forms.includes(base));
