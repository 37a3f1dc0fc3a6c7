import type { Dictionary, PartOfSpeech } from '../dictionary/index.ts';

const FUNCTION_WORD =
  /^(?:by|in|of|to|for|with|on|at|from|into|the|an?|their|its|his|her|one|that|which|who|as|if|when|where|not|is|are|has|have|be|can|both|being|having)$/;

type Rephrase = (text: string) => string;

/** `persistent or severe pain` → `persistent pain`, where both words are of one kind. Numbers stay: `two or more`. */
function oneAlternative(dictionary: Dictionary): Rephrase {
  const is = (word: string, pos: PartOfSpeech): boolean => dictionary.lookup(word, pos).length > 0;
  return (text) =>
    text
      .replace(/\b([a-z-]+) or ([a-z-]+)( [a-z-]+)?/g, (whole, a: string, b: string, next = '') => {
        if (FUNCTION_WORD.test(a) || FUNCTION_WORD.test(b)) return whole;
        if (
          /^(?:more|less|fewer|most|not|other|two|three|four|five|one)$/.test(b) ||
          /^(?:one|two|three|more|whether|either)$/.test(a)
        )
          return whole;
        // The alternatives share what follows: `red or dark yellow flowers` keeps the nearer one.
        if (
          is(a, 'adjective') &&
          is(b, 'adjective') &&
          next !== '' &&
          is(next.trim(), 'adjective') &&
          !is(next.trim(), 'noun')
        )
          return b + next;
        return a + next;
      })
      .replace(/,? or (?:an? |the )?[a-z-]+(?=$|,)/g, '');
}

const withoutAsides: Rephrase = (text) =>
  text
    .replace(
      /, (?:usually|especially|often|generally|typically|sometimes|such as|as|including|either|for example)\b[^,]*(?:,|$)/g,
      '',
    )
    .replace(/ (?:such as|for example) .*$/, '');
const withoutVagueWords: Rephrase = (text) =>
  text
    .replace(/\b(?:any|one) of (?:various|several|numerous) /g, 'one of the ')
    .replace(/\b(?:various|several|certain|somewhat) /g, '')
    .replace(/\bsomething (?=that|which|used)/g, 'an object ')
    .replace(/\bthings\b/g, 'objects');
const withoutModals: Rephrase = (text) => text.replace(/\b(?:can|may|could|might|must|should|will|would) be\b/g, 'is');
const untilComma: Rephrase = (text) => (/^[^,]{25,},/.test(text) ? text.replace(/,.*$/, '') : text);
const plainAdjective: Rephrase = (text) =>
  text
    .replace(/^of or (?=[a-z]+ing\b|characteristic of|belonging to|pertaining to)/, '')
    .replace(/^(relating to|pertaining to) or [a-z ]+? (?:of|by|to|with) /, '$1 ');

/** Other wordings of a definition, simplest first; each says the same or a little less, never more. */
export function rephrasings(
  dictionary: Dictionary,
  text: string,
  pos: PartOfSpeech,
  genus: string | undefined,
): string[] {
  const steps: Rephrase[] = [
    plainAdjective,
    withoutVagueWords,
    withoutModals,
    oneAlternative(dictionary),
    withoutAsides,
  ];
  const all = steps.reduce((result, step) => step(result), text);
  const each = [all, untilComma(all), ...steps.map((step) => step(text)), untilComma(text)];
  // Names the genus above where the text has none of its own.
  const above =
    pos === 'noun' && genus !== undefined && /^(?:that|which|being|having|of|used)\b/.test(all)
      ? [`${genus} ${all}`]
      : [];
  return [...new Set([...above, ...each])]
    .map((one) => one.replace(/\s+/g, ' ').trim())
    .filter((one) => one !== '' && one !== text);
}
