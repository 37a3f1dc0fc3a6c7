import { ageOf } from '../brief.ts';
import { longestSentence } from '../engine/beat.ts';
import { countWords } from '../engine/words.ts';
import { percent, scored, when, type PartScore, type Reading } from './part.ts';

/** Words in a sentence on average that are comfortable to listen to. */
function comfortable(age: number): number {
  if (age <= 3) return 10;
  if (age <= 6) return 12;
  return age <= 10 ? 16 : 22;
}

const YOUNG = 7;
const LONG_WORD = 11;
/** Of words: above it a text for the young is hard to follow. */
const MANY_LONG_WORDS = 0.04;
const FRIGHTENING =
  /\b(blood|bleeding|corpse|murder\w*|killed?|kills|killing|stabb\w+|suicide|torture\w*|gun|weapon)\b/i;

export function scoreAge({ brief, sentences, text }: Reading): PartScore {
  const age = ageOf(brief);
  const lengths = sentences.map(countWords);
  const mean = lengths.reduce((total, length) => total + length, 0) / Math.max(1, lengths.length);
  const tooLong = lengths.filter((length) => length > longestSentence(age)).length;
  const words = text.split(/[^\p{L}]+/u).filter((word) => word !== '');
  const long = words.filter((word) => word.length >= LONG_WORD).length / Math.max(1, words.length);
  const frightening = FRIGHTENING.exec(text)?.[0];
  return scored({ name: 'age', weight: 0.2 }, [
    when(sentences.length === 0, 10, 'there is nothing to read'),
    when(
      mean > comfortable(age),
      Math.min(7, (mean - comfortable(age)) * 1.2),
      `sentences have ${mean.toFixed(1)} words on average; ${comfortable(age)} are enough at the age of ${age}`,
    ),
    when(
      tooLong > 0,
      Math.min(6, 1 + (tooLong / Math.max(1, sentences.length)) * 20),
      `${tooLong} sentences are longer than ${longestSentence(age)} words`,
    ),
    when(age <= YOUNG && long > MANY_LONG_WORDS, 3, `${percent(long)} of the words have ${LONG_WORD} letters or more`),
    when(frightening !== undefined, age <= YOUNG ? 8 : 4, `"${frightening}" does not belong in a bedtime story`),
  ]);
}
