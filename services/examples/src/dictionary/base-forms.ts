import { irregularBases } from './irregular-forms.ts';
import type { Dictionary, PartOfSpeech } from './types.ts';
import { PARTS_OF_SPEECH } from './types.ts';

/** A word as the dictionary lists it. */
export interface BaseForm {
  readonly lemma: string;
  readonly pos: PartOfSpeech;
  /** The caller wrote this very form. */
  readonly exact: boolean;
}

type Ending = readonly [ending: string, replacement: string];

const ENDINGS: Readonly<Record<PartOfSpeech, readonly Ending[]>> = {
  noun: [
    ['ies', 'y'],
    ['ches', 'ch'],
    ['shes', 'sh'],
    ['sses', 'ss'],
    ['xes', 'x'],
    ['zzes', 'z'],
    ['zes', 'z'],
    ['zes', 'ze'],
    ['oes', 'o'],
    ['ses', 's'],
    ['ves', 'f'],
    ['ves', 'fe'],
    ['men', 'man'],
    ['s', ''],
  ],
  verb: [
    ['ies', 'y'],
    ['ied', 'y'],
    ['es', 'e'],
    ['es', ''],
    ['s', ''],
    ['ed', 'e'],
    ['ed', ''],
    ['ing', 'e'],
    ['ing', ''],
  ],
  adjective: [
    ['iest', 'y'],
    ['ier', 'y'],
    ['est', 'e'],
    ['est', ''],
    ['er', 'e'],
    ['er', ''],
  ],
  adverb: [
    ['iest', 'y'],
    ['ier', 'y'],
    ['est', 'e'],
    ['est', ''],
    ['er', 'e'],
    ['er', ''],
  ],
};

/** `runn` → `run`: a consonant doubled before the ending. */
const undouble = (stem: string): string | undefined =>
  /([b-df-hj-np-tv-z])\1$/.test(stem) ? stem.slice(0, -1) : undefined;

function* regularBases(word: string, pos: PartOfSpeech): Generator<string> {
  // `bus`, `glass` and `crisis` are no plurals.
  const singular = pos === 'noun' && (/(?:ss|us|is)$/.test(word) || word.length < 4);
  for (const [ending, replacement] of ENDINGS[pos]) {
    if (!word.endsWith(ending) || (singular && ending === 's')) continue;
    const stem = word.slice(0, -ending.length);
    if (stem.length < 2) continue;
    yield stem + replacement;
    const single = replacement === '' && ending !== 's' ? undouble(stem) : undefined;
    if (single !== undefined) yield single;
  }
}

/** Bases of one word; irregular ones first. Not checked against the dictionary. */
const basesOf = (word: string, pos: PartOfSpeech): string[] => [
  ...irregularBases(word, pos),
  ...regularBases(word, pos),
];

/** A term of several words is inflected at its last word (`ice creams`) or at its first (`powers of attorney`, `gave up`). */
function phraseBases(term: string, pos: PartOfSpeech): string[] {
  const words = term.split(' ');
  if (words.length === 1) return basesOf(term, pos);
  const [first = '', last = ''] = [words[0], words.at(-1)];
  const atFirst = basesOf(first, pos).map((base) => [base, ...words.slice(1)].join(' '));
  return pos === 'verb'
    ? atFirst
    : [...basesOf(last, pos).map((base) => [...words.slice(0, -1), base].join(' ')), ...atFirst];
}

/** Bases that may be meant although the form is listed itself: irregular ones, and verbs behind nouns (`running`). */
function otherBases(term: string, pos: PartOfSpeech, listed: ReadonlySet<PartOfSpeech>): readonly string[] {
  if (listed.size === 0) return phraseBases(term, pos);
  if (listed.has(pos)) return term.includes(' ') ? [] : irregularBases(term, pos);
  // `fiver` is no comparative of `five`.
  return pos === 'adjective' || pos === 'adverb' ? irregularBases(term, pos) : phraseBases(term, pos);
}

/** All base forms a term can stand for, the form as written first. */
export function baseForms(term: string, dictionary: Dictionary): BaseForm[] {
  const known = (lemma: string, pos: PartOfSpeech): boolean => dictionary.lookup(lemma, pos).length > 0;
  const listed = new Set(PARTS_OF_SPEECH.filter((pos) => known(term, pos)));
  const exact = [...listed].map((pos): BaseForm => ({ lemma: term, pos, exact: true }));
  const others = PARTS_OF_SPEECH.flatMap((pos) =>
    [...new Set(otherBases(term, pos, listed))]
      .filter((lemma) => lemma !== term && known(lemma, pos))
      .map((lemma): BaseForm => ({ lemma, pos, exact: false })),
  );
  return [...exact, ...others];
}

/** Whether `word`, as met in a text, is `lemma` in some inflection. */
export function isFormOf(word: string, lemma: string, pos: PartOfSpeech): boolean {
  if (word === lemma || irregularBases(word, pos).includes(lemma)) return true;
  // A regular inflection changes the last two letters at most: `try`, `tries`.
  if (!word.startsWith(lemma.slice(0, -2))) return false;
  return [...regularBases(word, pos)].includes(lemma);
}
