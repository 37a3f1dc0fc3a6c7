import { describe, expect, it } from '@jest/globals';
import { writeStory, type WrittenStory } from '../../src/grammar/index.ts';
import { companions } from '../../src/grammar/companions.ts';
import { helped, unaided } from '../../src/grammar/episodes/index.ts';
import { passages } from '../../src/grammar/passages.ts';
import { companionsOfTeens } from '../../src/grammar/teens/index.ts';
import { briefFor, seeds } from './briefs.ts';

const nameOf = ({ name, kind }: { name: string; kind: string }): string => `${name} the ${kind}`;
const scenesOf = (story: WrittenStory): string[] => story.scenes.map(({ name }) => name);
const textOf = ({ paragraphs }: WrittenStory): string => paragraphs.join('\n');

describe('the tone of a story', () => {
  const told = (age: number, minutes = 10): WrittenStory[] =>
    seeds(25).map((seed) => writeStory(briefFor({ seed, minutes, child: { age } })));
  const ofEpisodes = (stories: readonly WrittenStory[]): Set<string> =>
    new Set(stories.flatMap(scenesOf).filter((name) => name.startsWith('episode/')));
  const idsFor = (age: number): Set<string> =>
    new Set(
      [...helped, ...unaided]
        .filter(({ from = 0, until = 99 }) => age >= from && age <= until)
        .map(({ id }) => `episode/${id}`),
    );

  it.each([3, 12, 13, 17])('meets at the age of %d whom one meets at that age', (age) => {
    const [stories, roster] = [told(age), age < 13 ? companions : companionsOfTeens];
    for (const { companion } of stories) expect(roster.map(nameOf)).toContain(companion);
    const known = idsFor(age);
    expect([...ofEpisodes(stories)].filter((id) => !known.has(id))).toEqual([]);
  });

  it('is no nursery tone for those nearly grown, of whatever length', () => {
    for (const minutes of [1, 5, 30])
      for (const story of told(17, minutes)) expect(textOf(story)).not.toMatch(/\btroll\b|tummy|b so sorry|bumblebee/);
  });

  it('begins otherwise for those nearly grown', () => {
    const first = (age: number): Set<string> => new Set(told(age, 5).map(({ paragraphs }) => paragraphs[0] ?? ''));
    const before = first(12);
    expect([...first(17)].filter((opening) => before.has(opening))).toEqual([]);
  });
});

describe('a long way', () => {
  it('has a rest, a setback and a last stretch, in this order, and short ones have none', () => {
    const names = passages.map(({ name }) => name);
    const inStory = (minutes: number, seed: number): string[] =>
      scenesOf(writeStory(briefFor({ minutes, seed }))).filter((name) => names.includes(name));
    for (const seed of seeds(30)) {
      expect(inStory(30, seed)).toEqual(names);
      expect(inStory(10, seed)).toContain('rest');
      expect(inStory(3, seed)).toEqual([]);
    }
  });

  it('leads home past those who were met, the last one first', () => {
    for (const seed of seeds(30)) {
      const story = writeStory(briefFor({ minutes: 10, seed }));
      const met = scenesOf(story).flatMap((name) =>
        name.startsWith('episode/') ? [name.slice('episode/'.length)] : [],
      );
      const last = [...helped, ...unaided].find(({ id }) => id === met.at(-1));
      const [begin = ''] = (last?.later ?? '')
        .replaceAll("'", '’')
        .split(/["{.?]/)
        .filter((part) => part.trim() !== '');
      const { from, count } = story.scenes.at(-1)!;
      expect(story.paragraphs.slice(from, from + count).join('\n')).toContain(begin.trim());
    }
  });

  it.each([
    ['What will you say?', 'And then we shall see.'],
    ['Are you there?', 'I’m here'],
    ['Have you ever mended such a thing?', 'It has never been broken before'],
  ])('does not ask "%s" without an answer, nor the other way about', (question, answer) => {
    const texts = seeds(240).map((seed) => textOf(writeStory(briefFor({ seed, minutes: 3 + (seed % 8) }))));
    expect(texts.map((text) => text.includes(answer))).toEqual(texts.map((text) => text.includes(question)));
    expect(texts.some((text) => text.includes(question))).toBe(true);
  });
});
