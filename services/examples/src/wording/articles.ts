/** Written with a vowel, spoken with a consonant: `a unit`, `a European`, `a one-way street`. */
const CONSONANT_SOUND =
  /^(?:uni(?!n|m[^e])|us(?:e|a|u)|ut(?:il|en|er[iu]|op)|ur(?:an|in|eth|ol)|eu|ew|u(?:biq|kule|rea|vu|surp)|one\b|one-|once|ou(?:ija))/i;

/** Written with a consonant, spoken with a vowel: `an hour`, `an heir`. */
const VOWEL_SOUND = /^(?:hour|honest|honou?r|heir)/i;

/** Letters whose name begins with a vowel sound: `an X-ray`, `an FBI agent`. */
const SPELLED_VOWEL = /^(?:[AEFHILMNORSX](?:[A-Z0-9]{1,4}(?![a-z])|\b|-))/;
const SPELLED_CONSONANT = /^(?:[BCDGJKPQTUVWYZ](?:[A-Z0-9]{1,4}(?![a-z])|\b|-))/;

/** `a` or `an`, by the sound of the next word. */
export function indefiniteArticle(next: string): 'a' | 'an' {
  if (SPELLED_VOWEL.test(next)) return 'an';
  if (SPELLED_CONSONANT.test(next)) return 'a';
  if (VOWEL_SOUND.test(next)) return 'an';
  if (CONSONANT_SOUND.test(next)) return 'a';
  if (/^8|^1[18](?!\d)/.test(next)) return 'an';
  return /^[aeiouAEIOU]/.test(next.normalize('NFD')) ? 'an' : 'a';
}

export const withIndefinite = (phrase: string): string => `${indefiniteArticle(phrase)} ${phrase}`;
