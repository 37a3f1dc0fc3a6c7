import { describe, expect, it } from '@jest/globals';
import { writeStory } from '../../src/grammar/index.ts';
import { sentencesOf, wordsOf } from '../../src/grammar/engine/words.ts';
import { briefFor, seeds } from './briefs.ts';

const SEEDS = 200;
const stories = seeds(SEEDS).map((seed) => writeStory(briefFor({ seed })));

function shingles(text: string): Set<string> {
  const words = wordsOf(text.toLowerCase());
  return new Set(words.slice(4).map((_, at) => words.slice(at, at + 5).join(' ')));
}

function jaccard(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let common = 0;
  for (const shingle of left) if (right.has(shingle)) common += 1;
  return common / (left.size + right.size - common);
}

describe('two hundred seeds of one brief', () => {
  it('give at least 190 stories of which no two have half their five-word sequences in common', () => {
    const kept: Set<string>[] = [];
    for (const { paragraphs } of stories) {
      const candidate = shingles(paragraphs.join(' '));
      if (kept.every((other) => jaccard(candidate, other) < 0.5)) kept.push(candidate);
    }
    expect(kept.length).toBeGreaterThanOrEqual(190);
  });

  it('use every skeleton at least ten times', () => {
    const uses = Object.values(Object.groupBy(stories, ({ skeleton }) => skeleton)).map((group) => group?.length ?? 0);
    expect(uses.length).toBeGreaterThanOrEqual(8);
    expect(Math.min(...uses)).toBeGreaterThanOrEqual(10);
  });

  it('begin with at least forty different sentences', () => {
    expect(new Set(stories.map(({ paragraphs }) => sentencesOf(paragraphs[0] ?? '')[0])).size).toBeGreaterThanOrEqual(
      40,
    );
  });

  it('are the same again for the same seed', () => {
    for (const seed of seeds(20)) expect(writeStory(briefFor({ seed }))).toEqual(stories[seed]);
  });
});

describe('what is asked for', () => {
  const sentences = (brief: Parameters<typeof writeStory>[0]): string[] =>
    writeStory(brief).paragraphs.flatMap(sentencesOf);
  const changed = (left: string[], right: string[]): number =>
    left.filter((sentence) => !right.includes(sentence)).length;

  it.each([[['stars', 'trains']], [['foxes', 'trains']], [['stars', 'zorbing']]])(
    'changes at least three sentences when one interest is another: %j',
    (interests) => {
      for (const seed of seeds(40))
        expect(
          changed(sentences(briefFor({ seed, child: { interests } })), sentences(briefFor({ seed }))),
        ).toBeGreaterThanOrEqual(3);
    },
  );

  it('changes what happens when the moral is another', () => {
    for (const seed of seeds(20))
      expect(
        changed(sentences(briefFor({ seed, moral: { kind: 'honesty' } })), sentences(briefFor({ seed }))),
      ).toBeGreaterThanOrEqual(3);
  });

  it('puts something else at stake for another age, in longer sentences', () => {
    const mean = (age: number): number => {
      const all = seeds(30).flatMap((seed) => sentences(briefFor({ seed, child: { age } })));
      return all.reduce((total, sentence) => total + wordsOf(sentence).length, 0) / all.length;
    };
    expect(mean(3)).toBeLessThan(mean(9));
    for (const seed of seeds(20))
      expect(
        changed(sentences(briefFor({ seed, child: { age: 15 } })), sentences(briefFor({ seed, child: { age: 4 } }))),
      ).toBeGreaterThanOrEqual(2);
  });
});
