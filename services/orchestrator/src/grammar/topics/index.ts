import { birds, cats, dogs, foxes, horses, insects } from './animals.ts';
import { books, cooking, dancing, drawing, gardens, knights, music } from './arts.ts';
import { labelOf } from './label.ts';
import { building, cars, football, puzzles, robots, trains } from './machines-and-games.ts';
import { dinosaurs, dragons, sea, stars } from './sky-and-legends.ts';
import { strengths, unknownStrength } from './strengths.ts';
import type { Topic } from './topic.ts';
import { unknownTopics } from './unknown.ts';

export { OBSTACLES, type Obstacle, type Topic } from './topic.ts';

export const topics: readonly Topic[] = [
  stars, foxes, dogs, cats, horses, birds, insects, dinosaurs, dragons, sea, trains, cars, robots, building, football,
  puzzles, music, drawing, dancing, cooking, books, gardens, knights,
]; // prettier-ignore

const singular = (word: string): string =>
  word.replace(/(?<=[a-z]{2})(?:ies)$/, 'y').replace(/(?<=[a-z]{2}[^s])s$/, '');
const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}-]+/u)
    .filter((word) => word !== '');

/** The material whose words the text has, the earliest word first. */
function known(all: readonly Topic[], text: string): Topic | undefined {
  for (const word of wordsIn(text)) {
    const forms = [word, singular(word), word.replace(/es$/, '')];
    const found = all.find((topic) => forms.some((form) => topic.words.includes(form)));
    if (found) return found;
  }
  return undefined;
}

/** An interest or a strength of someone: the words it was given in, and what it can do. */
export interface Help {
  readonly label: string;
  readonly topic: Topic;
  readonly isStrength: boolean;
}

/** Words of data as they stand in a sentence: one line, single spaces, no full stop of their own. */
export const tidied = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.!?,;:]+$/, '');

export function interestHelp(interest: string, place: number): Help {
  const text = tidied(interest);
  const topic = known(topics, text);
  const fallback = unknownTopics[place % unknownTopics.length] ?? stars;
  return { label: labelOf(text, topic !== undefined), topic: topic ?? fallback, isStrength: false };
}

export function strengthHelp(strength: string): Help {
  const text = tidied(strength);
  const topic = known(strengths, text);
  return { label: topic ? text.toLowerCase() : text, topic: topic ?? unknownStrength, isStrength: true };
}
