import { asSentence, quoted, wordsOf } from './prose.ts';

const DETERMINER = /^(?:the|a|an|his|her|my|our|their|your|some|no)\b/i;
/** A verb that cannot be taken for a plural or a participle before a noun. */
const PLAINLY_FINITE =
  /\b(?:I|you|he|she|it|we|they|there|is|are|was|were|am|has|have|had|did|does|do|will|would|can|could|may|might|must|should|went|came|made|took|gave|said|got|saw)\b|[?!]$/;
const LONGEST_PHRASE = 5;

/** Words that may be the verb: `rusted`, `flows`; not a participle right behind its article, `an uncluttered room`. */
function maybeFinite(words: readonly string[], determined: boolean, pos: string): boolean {
  const behindOpening = words.slice(determined ? 2 : 1);
  // What an adjective opens ends in its noun: `murky waters`.
  const candidates = pos === 'adjective' && !determined ? behindOpening.slice(0, -1) : behindOpening;
  return candidates.some((word) => /(?:..ed|[^s]s)$/.test(word));
}

/**
 * `aboveground nuclear testing` is a phrase, not a sentence; it is quoted in one. Only where that is certain: the phrase is
 * short, opens with the word itself or a determiner, and holds nothing that could be its verb.
 */
export function inSentence(text: string, { word, pos }: { word: string; pos: string }): string {
  const words = wordsOf(text);
  const determined = DETERMINER.test(text);
  const phrase =
    (pos === 'noun' || pos === 'adjective') &&
    (determined || text.toLowerCase().startsWith(word.toLowerCase())) &&
    words.length <= LONGEST_PHRASE &&
    !PLAINLY_FINITE.test(text) &&
    !maybeFinite(words, determined, pos);
  return phrase
    ? `One speaks of ${quoted(text.replace(/[“”"]/g, (mark) => (mark === '“' ? '‘' : '’')))}.`
    : asSentence(text);
}
