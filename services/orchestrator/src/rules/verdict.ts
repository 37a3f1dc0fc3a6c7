import type { Verdict } from './rule.ts';

export const SATISFIED: Verdict = { score: 1, message: '' };

export const broken = (score: number, message: string): Verdict => (score >= 1 ? SATISFIED : { score, message });

const MAX_QUOTED = 40;
const MAX_NAMED = 3;

/** A word of the text inside a message: never long, whatever the text is. */
export function quoted(word: string): string {
  const letters = Array.from(word.slice(0, (MAX_QUOTED + 1) * 2));
  return letters.length > MAX_QUOTED ? `"${letters.slice(0, MAX_QUOTED).join('')}…"` : `"${word}"`;
}

/** The first few different words: `"thing", "stuff"`. */
export const quotedAll = (words: readonly string[]): string =>
  [...new Set(words)].slice(0, MAX_NAMED).map(quoted).join(', ');

/** Falls from 1 by the given step with every fault, down to 0. */
export const falling = (faults: number, step: number): number => Math.max(0, 1 - faults * step);
