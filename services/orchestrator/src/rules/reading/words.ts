/** A word or a mark of a text. */
export interface Token {
  readonly raw: string;
  /** Lower case, without accents and without a possessive ending; empty for a mark. */
  readonly word: string;
}

// Scripts written without spaces are read letter by letter, so that a term in them is found as a phrase.
const UNSPACED =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]';
const LETTER = '[\\p{L}\\p{M}\\p{N}]';
const TOKEN = new RegExp(`${UNSPACED}|(?:(?!${UNSPACED})${LETTER})+(?:['’](?:(?!${UNSPACED})${LETTER})+)*|\\S`, 'gu');
const WORD = new RegExp(LETTER, 'u');

/** For comparison: `Café` and `cafe` are one word. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase();

const withoutPossessive = (word: string): string => word.replace(/['’]s$/, '');

interface Reading {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly words: readonly string[];
}

function read(text: string): Reading {
  const tokens = (text.match(TOKEN) ?? []).map((raw) => ({
    raw,
    word: WORD.test(raw) ? withoutPossessive(fold(raw)) : '',
  }));
  return { text, tokens, words: tokens.map(({ word }) => word).filter((word) => word !== '') };
}

/** Characters from which reading again costs more than remembering; terms and entries of a context are shorter. */
const LONG_TEXT = 300;
let lastLong: Reading | undefined;

/** Twenty rules read the same text one after another: a long one is taken apart once. */
function readOnce(text: string): Reading {
  if (text.length < LONG_TEXT) return read(text);
  if (lastLong?.text !== text) lastLong = read(text);
  return lastLong;
}

export const tokensOf = (text: string): readonly Token[] => readOnce(text).tokens;

export const wordsOf = (text: string): readonly string[] => readOnce(text).words;

/** A set of words written with spaces between them. */
export const wordSet = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

const NUMERALS = wordSet('two three four five six seven eight nine ten hundred');
const PLAIN_DETERMINERS = wordSet(`
  a an the any each every either some all both no this these those its their his her my our your another such several
  various many most more few one`);

/** Open a noun phrase. */
export const DETERMINERS: ReadonlySet<string> = new Set([...PLAIN_DETERMINERS, ...NUMERALS]);

export const RELATIVES = wordSet('that which who whom whose where when while wherein whereby');

export const PREPOSITIONS = wordSet(`
  of in on at by for from with without to into onto over under through between among against along around near like as
  than since until after before during about above below behind beyond across toward towards upon via per within outside
  inside up down off out despite except`);

/** Words that only hold a sentence together. A numeral says something. */
const FUNCTION_WORDS: ReadonlySet<string> = new Set([
  ...PLAIN_DETERMINERS,
  ...RELATIVES,
  ...PREPOSITIONS,
  ...wordSet(`
    and or but nor so if because whether not yet also only very too be is are was were been being am has have had having
    do does did can could may might must shall should will would it he she they we you i him them us me itself himself
    herself themselves oneself what whatever there here then how why other others own same`),
]);

export const isFunctionWord = (word: string): boolean => FUNCTION_WORDS.has(word);

/** Words that carry meaning. */
export const contentWordsOf = (words: readonly string[]): string[] => words.filter((word) => !isFunctionWord(word));

export const isEnglish = (language: string): boolean => language === '' || /^en(?:-|$)/i.test(language);
