import { describe, expect, it } from '@jest/globals';
import { writeStory } from '../../src/grammar/index.ts';
import { briefFor, seeds } from './briefs.ts';

const countWords = (paragraphs: readonly string[]): number =>
  paragraphs
    .join(' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

describe('the length of a story', () => {
  const interests = [['stars'], ['stars', 'foxes'], ['zorbing'], ['trains', 'baking', 'dinosaurs', 'music']];
  it.each([1, 2, 5, 10, 30])('is %d minutes of 150 words, give or take a tenth', (minutes) => {
    for (const seed of seeds(40))
      for (const age of [3, 8, 16]) {
        const child = { age, interests: interests[seed % interests.length] ?? [] };
        const story = writeStory(briefFor({ minutes, seed, child }));
        const words = countWords(story.paragraphs);
        expect(story.words).toBe(words);
        expect(Math.abs(words - minutes * 150)).toBeLessThanOrEqual(minutes * 15);
      }
  });

  it('comes of more adventures, not of repetition', () => {
    for (const seed of seeds(20)) {
      const { paragraphs } = writeStory(briefFor({ minutes: 30, seed }));
      expect(new Set(paragraphs).size).toBe(paragraphs.length);
    }
  });
});
