import { describe, expect, it } from '@jest/globals';
import {
  MORALS,
  PASSING_SCORE,
  scoreDraft,
  writeStory,
  type Draft,
  type PartName,
  type StoryBrief,
} from '../../src/grammar/index.ts';
import { briefFor, seeds } from './briefs.ts';

const brief = briefFor();
const good = writeStory(brief);
const withParagraphs = (change: (paragraph: string, place: number) => string): Draft => ({
  ...good,
  paragraphs: good.paragraphs.map(change),
});
const partOf = (name: PartName, draft: Draft, asked: StoryBrief = brief) =>
  scoreDraft(asked, draft).parts.find((part) => part.name === name);
const dull: Draft = {
  ...good,
  paragraphs: Array.from(
    { length: 15 },
    (_, place) =>
      `Mia went to place ${place} with stars. Mia saw thing ${place} with foxes. ${'Mia did one more thing. '.repeat(8).trim()}`,
  ),
};

describe('a score', () => {
  it('passes every story of the grammar', () => {
    for (const seed of seeds(80))
      for (const minutes of [1, 5, 30]) {
        const asked = briefFor({
          seed,
          minutes,
          moral: { kind: MORALS[seed % 8] ?? 'kindness' },
          child: { age: 2 + (seed % 17) },
        });
        expect(scoreDraft(asked, writeStory(asked)).overall).toBeGreaterThanOrEqual(PASSING_SCORE);
      }
  });

  it('is the weighted mean of six parts', () => {
    const { parts, overall } = scoreDraft(brief, good);
    expect(parts.map(({ name, weight }) => [name, weight])).toEqual([
      ['age', 0.2],
      ['moral', 0.2],
      ['coherence', 0.2],
      ['character', 0.15],
      ['engagement', 0.15],
      ['language', 0.1],
    ]);
    expect(overall).toBeCloseTo(
      parts.reduce((total, { weight, score }) => total + weight * score, 0),
      0,
    );
  });

  it.each<[string, PartName, () => Draft]>([
    ['does not name the child', 'character', () => withParagraphs((text) => text.replaceAll('Mia', 'the child'))],
    [
      'breaks off',
      'coherence',
      () => ({ ...good, paragraphs: [...good.paragraphs.slice(0, -1), 'And then Mia went to the'] }),
    ],
    ['is far too short', 'coherence', () => ({ ...good, paragraphs: good.paragraphs.slice(0, 5) })],
    ['is far too long', 'coherence', () => writeStory(briefFor({ minutes: 20 }))],
    ['is told twice', 'coherence', () => ({ ...good, paragraphs: [...good.paragraphs, ...good.paragraphs] })],
    ['has no moral', 'moral', () => dull],
    [
      'preaches',
      'moral',
      () =>
        withParagraphs((text, place) =>
          place % 3 === 0 ? `${text} Children should always remember that we must all be kind.` : text,
        ),
    ],
    [
      'has sentences too long for the age',
      'age',
      () => withParagraphs((text) => text.replace(/[.!?] (?=[A-Z])/g, ', and then, as it so happened, ')),
    ],
    [
      'frightens',
      'age',
      () => withParagraphs((text, place) => (place === 3 ? `${text} There was blood on the knife.` : text)),
    ],
    [
      'has template holes',
      'language',
      () => withParagraphs((text, place) => (place === 2 ? `${text} undefined {name}` : text)),
    ],
    ['leaves quotes open', 'language', () => withParagraphs((text) => text.replaceAll('”', ''))],
    ['is monotonous', 'engagement', () => dull],
    [
      'calls the girl he',
      'character',
      () => withParagraphs((text) => text.replace(/\b[Ss]he\b/g, 'he').replace(/\b[Hh]er\b/g, 'his')),
    ],
    [
      'leaves out what she loves',
      'character',
      () => withParagraphs((text) => text.replace(/stars?|fox(?:es)?/gi, 'thing')),
    ],
  ])('of a draft that %s goes down, with a reason (%s)', (_, name, spoilt) => {
    const before = partOf(name, good);
    const after = partOf(name, spoilt());
    expect(after?.score).toBeLessThanOrEqual((before?.score ?? 0) - 1.5);
    expect(after?.reasons.length).toBeGreaterThan(before?.reasons.length ?? 0);
    expect(scoreDraft(brief, spoilt()).overall).toBeLessThan(scoreDraft(brief, good).overall);
  });

  it.each<[string, Draft]>([
    ['nothing', { ...good, paragraphs: [] }],
    ['one sentence', { ...good, paragraphs: ['Mia saw the stars.'] }],
    ['the same without a child', withParagraphs((text) => text.replaceAll('Mia', 'somebody'))],
    ['a list', dull],
  ])('of %s does not pass', (_, draft) => {
    expect(scoreDraft(brief, draft).overall).toBeLessThan(PASSING_SCORE);
  });

  it('does not blame the story for what people type', () => {
    const asked = briefFor({ child: { name: '{N} undefined "x' } });
    expect(partOf('language', writeStory(asked), asked)?.score).toBe(10);
  });
});
