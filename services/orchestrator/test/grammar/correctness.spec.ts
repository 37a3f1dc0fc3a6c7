import { describe, expect, it } from '@jest/globals';
import { MORALS, writeStory, type Gender, type StoryBrief, type WrittenStory } from '../../src/grammar/index.ts';
import { materialOf, miniatures } from '../../src/grammar/morals/index.ts';
import { briefFor, mia, seeds } from './briefs.ts';

const hero = {
  name: 'Captain Lumen',
  gender: 'other' as Gender,
  appearance: 'a silver coat and one blue boot',
  traits: ['brave', 'funny'],
  interests: ['chess'],
  strengths: ['flying', 'super strength', 'whistling through walls'],
};
const kinds = ['child', 'hero', 'combined'] as const;
const lengths = [1, 2, 5, 12, 30];
const ages = [2, 5, 9, 12, 17];

/** A little of everything. */
const briefs: readonly StoryBrief[] = seeds(180).map((seed) =>
  briefFor({
    seed,
    kind: kinds[seed % 3],
    hero,
    minutes: lengths[seed % lengths.length],
    moral: seed % 9 === 8 ? { own: 'share your toys' } : { kind: MORALS[seed % 9] ?? 'kindness' },
    child: { age: ages[seed % ages.length], gender: 'female', interests: seed % 4 === 0 ? ['zorbing'] : mia.interests },
  }),
);
const told = briefs.map((brief) => ({ brief, story: writeStory(brief) }));
const textsOf = ({ scenes, paragraphs }: WrittenStory): string[] =>
  scenes.map(({ from, count }) => paragraphs.slice(from, from + count).join('\n'));

describe('every story', () => {
  it('names the one it is about in every scene', () => {
    for (const { brief, story } of told) {
      const name = brief.kind === 'hero' ? hero.name : mia.name;
      for (const scene of textsOf(story)) expect(scene).toContain(name);
    }
  });

  it('has scenes that are the whole of it', () => {
    for (const { story } of told) expect(textsOf(story).join('\n')).toBe(story.paragraphs.join('\n'));
  });

  it('has no holes, no double spaces, and closes its quotes', () => {
    for (const { story } of told)
      for (const text of [story.title, story.summary, ...story.paragraphs]) {
        expect(text).not.toMatch(/undefined|null|NaN|[{}$[\]|^]|\/(?:and|but|so)\/| {2}|\s[,.!?]|["']|^\s|\s$/);
        expect(text.replace(/[^“”]/g, '')).toMatch(/^(?:“”)*$/);
        // Who goes on speaking is said so, and whoever speaks next begins a paragraph.
        expect(text).not.toMatch(/” “/);
        expect(text).not.toMatch(/\b(?:the|a|an|some|no) (?:the|a|an|some)\b/i);
        expect(text).not.toMatch(/\ba [aeio]|\ban [bcdfgjklmnpqrstvwz]/i);
      }
  });

  it('begins every paragraph with a capital and ends it with a full stop', () => {
    for (const { story } of told)
      for (const text of story.paragraphs) expect(text).toMatch(/^[“‘]?[A-Z].*[.!?…][”’]?$/s);
  });

  it('shows the moral in a scene of its own and in the last paragraph', () => {
    for (const { brief, story } of told) {
      const scene = textsOf(story)[story.scenes.findIndex(({ name }) => name === 'moral')] ?? '';
      expect(scene.length).toBeGreaterThan(40);
      if ('own' in brief.moral) expect(scene).toContain('Share your toys');
      expect(story.paragraphs.at(-1)).not.toMatch(/\b(?:moral|learned that|lesson|should|must)\b/i);
    }
  });

  it('has material of its own for each moral', () => {
    const first = (kind: (typeof MORALS)[number]): string =>
      writeStory(briefFor({ moral: { kind } })).paragraphs.at(-1) ?? '';
    expect(new Set(MORALS.map(first)).size).toBe(MORALS.length);
    for (const kind of MORALS) {
      expect(materialOf({ kind }).tests.length).toBeGreaterThanOrEqual(3);
      expect(miniatures[kind].tests).toHaveLength(miniatures[kind].pictures.length);
    }
  });
});

describe('pronouns', () => {
  const foreign: Readonly<Record<Gender, RegExp>> = {
    female: /\b(?:he|him|his|himself)\b/i,
    male: /\b(?:she|her|hers|herself)\b/i,
    other: /\b(?:he|him|his|himself|she|her|hers|herself)\b|\bthey (?:was|has)\b/i,
  };

  it.each(['female', 'male', 'other'] as const)('are those of the one it is about: %s', (gender) => {
    for (const seed of seeds(45))
      for (const interests of [
        ['stars', 'foxes'],
        ['books', 'flowers'],
        ['zorbing', 'magic'],
        ['dance', 'cars', 'sea', 'cooking'],
      ]) {
        const minutes = lengths[seed % lengths.length];
        const { paragraphs } = writeStory(briefFor({ seed, minutes, child: { gender, interests } }));
        for (const paragraph of paragraphs) expect(paragraph).not.toMatch(foreign[gender]);
      }
  });
});

describe('a series', () => {
  it('brings the companion back and mentions the last time', () => {
    for (const seed of seeds(30)) {
      const before = writeStory(briefFor({ seed: seed + 500 }));
      const { title, summary, companion, place } = before;
      const next = writeStory(briefFor({ seed, previous: { title, summary, companion, place } }));
      expect(next.companion).toBe(companion);
      expect(next.setting).toBe(before.setting);
      expect(next.skeleton).not.toBe(before.skeleton);
      const [, wish = ''] = / wants to ([^,]+)/.exec(summary) ?? [];
      expect(next.paragraphs.join(' ')).toContain(`they had set out to ${wish}`);
      expect(next.paragraphs.join(' ')).toContain(title);
      // The summary is enough: a store may keep no more.
      expect(writeStory(briefFor({ seed, previous: { title, summary } })).companion).toBe(companion);
    }
  });

  it('goes on from a story that somebody else wrote, and from a place it does not know', () => {
    const previous = { title: 'The Blue Door', summary: 'They find it.', place: 'the moon' };
    const text = writeStory(briefFor({ previous })).paragraphs.join(' ');
    expect(text).toContain('“The Blue Door”');
    expect(text).not.toContain('the moon');
    const known = writeStory(briefFor({ previous: { ...previous, companion: 'Zork the zebra' } })).paragraphs.join(' ');
    expect(known).toContain('in “The Blue Door”, they had come home late');
  });

  it('says that a hero is there again only when the hero was there', () => {
    const previous = { title: 'The Blue Door', summary: 'They find it.', companion: 'Pip the hedgehog' };
    const text = (companion: string): string =>
      writeStory(briefFor({ kind: 'combined', hero, previous: { ...previous, companion } })).paragraphs.join(' ');
    expect(text('Pip the hedgehog')).toContain('had told Captain Lumen');
    expect(text('Captain Lumen the hero')).toContain('in “The Blue Door”, they had come home late');
  });

  it('meets a companion it has never heard of', () => {
    const previous = { title: 'The Blue Door', summary: 'They find it.', companion: 'Zork the zebra' };
    const story = writeStory(briefFor({ previous }));
    expect(story.companion).toBe('Zork the zebra');
    expect(story.paragraphs.join(' ')).toContain('Zork the zebra');
  });
});

describe('what people type', () => {
  it.each([
    '<b>Mia</b><script>alert(1)</script>',
    "Robert'); DROP TABLE children;--",
    '{N} $& [a|b] /and/ ^x || "q"',
    'O’Brien',
    'x'.repeat(60),
  ])('stays as it is in a name: %s', (name) => {
    const { paragraphs, title, summary } = writeStory(briefFor({ child: { name } }));
    expect(paragraphs.filter((paragraph) => paragraph.includes(name)).length).toBeGreaterThan(5);
    expect(summary).toContain(name);
    expect(title).not.toContain('undefined');
  });

  it('stays as it is in an interest nobody has foreseen', () => {
    const interest = '<i>Pokémon</i> {N} $1';
    expect(writeStory(briefFor({ child: { interests: [interest] } })).paragraphs.join('\n')).toContain(interest);
  });

  it('is an instrument with its article, as people say it', () => {
    for (const seed of seeds(20)) {
      const text = writeStory(briefFor({ seed, child: { interests: ['Guitar'] } })).paragraphs.join('\n');
      expect(text).toContain('the guitar');
      expect(text).not.toMatch(/(?:loved|of|with) guitar/);
    }
  });

  it('may be no interest at all', () => {
    expect(writeStory(briefFor({ child: { interests: [] } })).paragraphs.join('\n')).toContain('small things');
  });
});
