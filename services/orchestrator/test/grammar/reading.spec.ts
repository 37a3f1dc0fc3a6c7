import { describe, expect, it } from '@jest/globals';
import { MORALS, writeStory, type Gender, type WrittenStory } from '../../src/grammar/index.ts';
import { countWords, sentencesOf } from '../../src/grammar/engine/words.ts';
import { interestHelp, topics } from '../../src/grammar/topics/index.ts';
import { strengths, unknownStrength } from '../../src/grammar/topics/strengths.ts';
import { unknownTopics } from '../../src/grammar/topics/unknown.ts';
import { briefFor, seeds } from './briefs.ts';

const ages = [3, 5, 8, 11];
const lengths = [1, 3, 5, 10, 20];
const genders: readonly Gender[] = ['female', 'male', 'other'];
const interests = [
  ['stars', 'foxes'],
  ['the moon'],
  ['trains', 'baking', 'Dinosaurs'],
  ['mud'],
  ['football', 'chess'],
  ['octopus', 'music'],
  ['Minecraft', 'drawing'],
  ['dancing', 'dog'],
  ['princesses', 'fire engine'],
  ['robots', 'sea'],
  ['books', 'flowers', 'ants'],
];

/** Two hundred seeds of every age, length and kind of interest. */
const stories = seeds(200).map((seed) =>
  writeStory(
    briefFor({
      seed,
      minutes: lengths[(seed + Math.floor(seed / 20)) % lengths.length],
      moral: { kind: MORALS[seed % 8] ?? 'kindness' },
      child: {
        age: ages[seed % ages.length],
        gender: genders[seed % 3],
        interests: interests[seed % interests.length] ?? [],
      },
    }),
  ),
);
const textOf = ({ paragraphs }: WrittenStory): string => paragraphs.join('\n');
const matching = (pattern: RegExp): string[] => stories.flatMap((story) => textOf(story).match(pattern) ?? []);

describe('a story read aloud', () => {
  it('says no sentence twice, but at once and on purpose', () => {
    for (const { paragraphs } of stories) {
      const sentences = paragraphs.flatMap(sentencesOf).filter((sentence) => countWords(sentence) > 3);
      const again = sentences.filter((one, at) => sentences.indexOf(one) < at - 1);
      expect(again).toEqual([]);
    }
  });

  it('has no thing in hand before it was told where it comes from', () => {
    const things =
      'notebook|pencil|ruler|whistle|chart|ball|crown|ribbon|flute|battery|magnifying glass|tin box|scale|red car'.split(
        '|',
      );
    for (const story of stories)
      for (const thing of things) {
        const told = textOf(story);
        const mentioned = told.search(new RegExp(`\\b[Tt]he (?:paper |green |red |tin )?${thing}\\b`));
        const owned = told.search(new RegExp(`\\b(?:an?|her|his|their|’s) (?:[\\w’-]+ ){0,4}${thing}\\b`));
        expect({
          thing,
          known: mentioned < 0 || (owned >= 0 && owned < mentioned),
          seed: stories.indexOf(story),
        }).toEqual(expect.objectContaining({ known: true }));
      }
  });

  it('tells of loves as people do: of dogs, of LEGO, of the moon', () => {
    expect(matching(/\b(?:loved?|of|with|from|about|by) (?:dog|octopus|fire engine)\b/g)).toEqual([]);
    expect(matching(/\bminecraft\b/g)).toEqual([]);
  });

  it('keeps its time of day: noon comes before the dark, and nobody looks far in it', () => {
    const nights = stories
      .map(({ scenes }) => scenes.map(({ name }) => name))
      .filter((names) => names.includes('episode/night-market'));
    expect(nights.length).toBeGreaterThan(10);
    for (const names of nights)
      for (const light of ['rest', 'setback', 'last-stretch', 'episode/lamp-lighter'])
        expect(names.lastIndexOf(light)).toBeLessThan(names.indexOf('episode/night-market'));
  });

  it('has no flame by the way when it is about the only one', () => {
    for (const story of stories.filter(({ skeleton }) => skeleton === 'fire-errand')) {
      const help = story.scenes.find(({ name }) => name === 'help')?.from ?? 0;
      expect(story.paragraphs.slice(0, help).join('\n')).not.toMatch(/lamp was lit|lit a fire|made a fire|red eye/);
    }
  });

  it('takes hat and all along: what was left at home or lost is not taken off later', () => {
    expect(matching(/left (?:her|his|their) hat at home|the hat that .* was gone/g)).toEqual([]);
  });

  it('goes home before it ends, from three minutes on', () => {
    for (const story of stories.filter(({ words }) => words > 300)) {
      const ending = story.scenes.at(-1);
      expect(story.paragraphs[ending?.from ?? 0]).toMatch(/\bhome\b|\bway back\b/);
    }
  });

  it('tells from three minutes on who it is about, and where, before anything is wanted', () => {
    for (const story of stories.filter(({ words }) => words > 300)) {
      const opening = story.scenes[0]?.count;
      expect(story.paragraphs.slice(0, opening).join('\n')).toMatch(/\blived\b/);
    }
  });

  it('closes no quotation only to open it again', () => {
    expect(matching(/.*[.!?]” “.*/g)).toEqual([]);
  });

  it('lets nobody be heard to say what somebody else says', () => {
    for (const text of matching(/.*It was I who wanted that one.*/g)) expect(text).toMatch(/^“We went wrong/);
  });

  it('puts what was found back where it belongs', () => {
    const scene = ({ scenes, paragraphs }: WrittenStory, wanted: string): string => {
      const { from = 0, count = 0 } = scenes.find(({ name }) => name === wanted) ?? {};
      return paragraphs.slice(from, from + count).join('\n');
    };
    const lost = stories.filter(
      (story) => story.skeleton === 'gone-quiet' && /was gone|was not there/.test(scene(story, 'obstacle')),
    );
    expect(lost.length).toBeGreaterThan(5);
    for (const story of lost) expect(scene(story, 'help')).toMatch(/back where it belonged|back into its place/);
  });
});

describe('what an interest can do', () => {
  const all = [...topics, ...unknownTopics, ...strengths, unknownStrength];

  it('is done by the two who are there', () => {
    for (const { id, help } of all)
      for (const beat of Object.values(help))
        expect(`${id}: ${beat}`).not.toMatch(
          /\bthe others (?:came|held|went along|went over)|\bthey all (?:pulled|ran)/i,
        );
  });

  it('leads through the dark to people as well as to places', () => {
    for (const { id, help } of all)
      expect(`${id}: ${help.dark}`).not.toMatch(/(?:wall of|window of|sitting on|against|touched) \{goal\}|\broof\b/);
  });
});

describe('an interest', () => {
  it.each([
    ['dog', 'dogs'],
    ['Dinosaurs', 'dinosaurs'],
    ['a pony', 'ponies'],
    ['fire engine', 'fire engines'],
    ['Roller Skating', 'roller skating'],
    ['THE MOON', 'the moon'],
    ['Guitar', 'the guitar'],
    ['lego', 'LEGO'],
    ['Minecraft', 'Minecraft'],
    ['Star Wars', 'Star Wars'],
    ['my dog Rex', 'the dog Rex'],
    ['my cat Tiger', 'the cat Tiger'],
    ['Paw Patrol', 'Paw Patrol'],
    ['zorbing', 'zorbing'],
  ])('%s is spoken of as %s', (typed, label) => {
    expect(interestHelp(typed, 0).label).toBe(label);
  });
});
