import type { Dictionary } from './types.ts';
import { PARTS_OF_SPEECH } from './types.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Every spelling one slip away: a letter too many, swapped, wrong or missing. */
function* oneSlipAway(word: string): Generator<string> {
  for (let i = 0; i <= word.length; i++) {
    const [before, after] = [word.slice(0, i), word.slice(i)];
    if (after.length > 1) yield before + after.charAt(1) + after.charAt(0) + after.slice(2);
    if (after.length > 0) yield before + after.slice(1);
    for (const letter of LETTERS) {
      yield before + letter + after;
      if (after.length > 0) yield before + letter + after.slice(1);
    }
  }
}

/** How often a word was met in any meaning: what a person more probably meant to type. */
const weight = (word: string, dictionary: Dictionary): number =>
  PARTS_OF_SPEECH.flatMap((pos) => dictionary.lookup(word, pos)).reduce(
    (sum, id) => sum + 1 + dictionary.tagCount(word, id),
    0,
  );

/** At most `count` known words one slip away from an unknown one, likeliest first. */
export function nearLemmas(word: string, dictionary: Dictionary, count: number): string[] {
  // Longer terms would cost thousands of look-ups, and a short one is near everything.
  if (word.length < 3 || word.length > 30) return [];
  const known = new Map<string, number>();
  for (const candidate of oneSlipAway(word)) {
    if (candidate === word || known.has(candidate) || candidate.trim() !== candidate) continue;
    const found = weight(candidate, dictionary);
    if (found > 0) known.set(candidate, found);
  }
  return [...known]
    .sort((a, b) => b[1] - a[1])
    .slice(0, count)
    .map(([candidate]) => candidate);
}
