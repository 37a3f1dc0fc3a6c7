import { countWords } from '../engine/words.ts';
import { percent, scored, when, type PartScore, type Reading } from './part.ts';

const SPOKEN = /“[^”]*”|"[^"\n]*"/g;
/** Of words inside quotes. */
const LITTLE_SPEECH = 0.05;
const MUCH_SPEECH = 0.75;
/** Different words among any hundred. */
const POOR_VOCABULARY = 0.45;
const WINDOW = 100;
const SENSES =
  /\b(?:red|blue|green|yellow|white|black|grey|brown|gold\w*|silver|warm|cold|wet|dry|soft|hard|loud\w*|quiet\w*|dark|bright|smell\w*|tast\w*|sound\w*|hum\w*|glow\w*|light|stone|bread|wind|water|moon|rain)\b/gi;

function vocabulary(text: string): number {
  const words = text.toLowerCase().match(/[\p{L}’']+/gu) ?? [];
  const shares: number[] = [];
  for (let from = 0; from + WINDOW <= words.length; from += WINDOW)
    shares.push(new Set(words.slice(from, from + WINDOW)).size / WINDOW);
  return shares.length === 0 ? 1 : shares.reduce((total, share) => total + share, 0) / shares.length;
}

/** How evenly long the sentences are: their standard deviation over their mean. */
function monotony(lengths: readonly number[]): number {
  const mean = lengths.reduce((total, length) => total + length, 0) / Math.max(1, lengths.length);
  const variance = lengths.reduce((total, length) => total + (length - mean) ** 2, 0) / Math.max(1, lengths.length);
  return mean === 0 ? 0 : Math.sqrt(variance) / mean;
}

const LIVELY = 0.3;

export function scoreEngagement({ text, sentences }: Reading): PartScore {
  const words = Math.max(1, countWords(text));
  const speech = (text.match(SPOKEN) ?? []).reduce((total, quote) => total + countWords(quote), 0) / words;
  const variety = vocabulary(text);
  const senses = ((text.match(SENSES)?.length ?? 0) / words) * 100;
  return scored({ name: 'engagement', weight: 0.15 }, [
    when(words < 20, 8, 'there is hardly any story'),
    when(speech < LITTLE_SPEECH, 3, `${percent(speech)} of the words are spoken by somebody`),
    when(speech > MUCH_SPEECH, 2, `${percent(speech)} of the words are talk`),
    when(variety < POOR_VOCABULARY, 3, `${percent(variety)} different words in a hundred`),
    when(senses < 0.5, 2, 'hardly anything to see, hear, smell or touch'),
    when(monotony(sentences.map(countWords)) < LIVELY, 2, 'all sentences have the same length'),
  ]);
}
