import { tokensOf } from './reading/words.ts';
import type { Rule } from './rule.ts';
import { broken, falling, quotedAll, SATISFIED } from './verdict.ts';

const SHORT_FORMS =
  /(?<!\p{L})(?:e\.\s?g\b|i\.\s?e\b|eg\.|ie\.|etc\b|cf\.|viz\.|approx\.|esp\.|incl\.|vs\.|w\/o?\b|(?:\p{Lu}\.){2,6})\.?/gu;
const CAPITALS = /^(?=.*\p{Lu}.*\p{Lu})[\p{Lu}\p{N}]{2,}s?$/u;
const ROMAN_NUMERAL = /^[IVXLC]+$/;

/** Abbreviations as the text writes them. */
function abbreviationsOf(text: string): string[] {
  const short = (text.match(SHORT_FORMS) ?? []).map((found) => found.trim());
  const capitals = tokensOf(text)
    .map(({ raw }) => raw)
    .filter((raw) => CAPITALS.test(raw) && !ROMAN_NUMERAL.test(raw));
  return [...short, ...capitals];
}

export const noAbbreviations: Rule = {
  name: 'no-abbreviations',
  family: 'language',
  weight: 1,
  critical: false,
  languages: ['en'],
  check(text) {
    const found = abbreviationsOf(text);
    if (found.length === 0) return SATISFIED;
    return broken(falling(found.length, 0.8), `abbreviates (${quotedAll(found)}); spell it out`);
  },
};
