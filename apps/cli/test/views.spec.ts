import { describe, expect, it } from '@jest/globals';
import { definitionView } from '../src/terminal/definition-view.ts';
import { endingView } from '../src/terminal/ending-view.ts';
import { examplesTable } from '../src/terminal/examples-table.ts';
import { PLAIN, type Style } from '../src/terminal/style.ts';
import { widthOf } from '../src/terminal/text.ts';
import { RESPONSE } from './sample.ts';

const WIDTHS = [60, 80, 100, 140, 300];
const AUDIO = {
  object: 'objects/x',
  file: 'demo-output/rivers.wav',
  bytes: 396_044,
  seconds: 12.4,
  voice: 'slt',
  text: 'x',
};

describe('definitionView', () => {
  it.each(WIDTHS)('stays within %d columns', (width) => {
    for (const line of definitionView(RESPONSE, width, PLAIN)) expect(widthOf(line)).toBeLessThan(width);
  });

  it('says what, how good, which sense and why', () => {
    const text = definitionView(RESPONSE, 100, PLAIN).join('\n');
    expect(text).toContain('rivers  river · noun · object');
    expect(text).toContain('A river is a large natural stream');
    expect(text).toMatch(/score +0\.93 accepted/);
    expect(text).toContain('no-vague-words 0.50: "large" is vague');
    expect(text).toMatch(/sense +wordnet:n09411430 – the only sense of the word/);
    expect(text).toMatch(/stored +definitions\/0199/);
  });
});

describe('other senses', () => {
  it.each([40, 47, 52, 60, 100])('are cut between words in %i columns', (width) => {
    const gloss = 'a political system in which the supreme power lies in a body of citizens who can elect people';
    const response = structuredClone(RESPONSE);
    response.definition!.otherSenses = [{ ...response.definition!.sense!, partOfSpeech: 'noun', gloss }];
    const line = definitionView(response, width, PLAIN).find((one) => one.includes('others')) ?? '';
    const words = /noun: (.*?)(?: …)?$/.exec(line)?.[1] ?? '';
    expect(`${gloss} `.startsWith(`${words} `)).toBe(true);
    expect(line.endsWith(' …')).toBe(words !== gloss);
    expect(widthOf(line)).toBeLessThan(width);
  });
});

describe('a terminal that is hardly there', () => {
  it.each([-5, 1, 10, 20])('of %d columns does not fail', (width) => {
    expect(definitionView(RESPONSE, width, PLAIN).length).toBeGreaterThan(0);
    expect(examplesTable(RESPONSE, width, PLAIN).length).toBeGreaterThan(0);
    expect(endingView(RESPONSE, AUDIO, width, PLAIN).length).toBeGreaterThan(0);
  });
});

describe('examplesTable', () => {
  it.each(WIDTHS)('stays within %d columns', (width) => {
    for (const line of examplesTable(RESPONSE, width, PLAIN)) expect(widthOf(line)).toBeLessThan(width);
  });

  it('has all six kinds with status, relation and source', () => {
    const lines = examplesTable(RESPONSE, 99, PLAIN);
    const text = lines.join('\n');
    for (const kind of ['Explanation', 'Sentence', 'Practical', 'Counter', 'Synonym', 'Antonym']) {
      expect(lines.filter((line) => line.startsWith(`  ${kind}`))).toHaveLength(1);
    }
    expect(text).toMatch(
      /Sentence +The river was navigable for 50 miles\. +the term itself\n +1 of 3 +wordnet:n09411430/,
    );
    expect(text).toMatch(
      /brook +sibling\n +A brook is a natural stream of water smaller than a river\. +wordnet:n09229709/,
    );
    expect(text).toMatch(/Antonym +the source has none$/);
    expect(text).toMatch(/Synonym +BUDGET_EXCEEDED\n +timeout/);
    expect(text).toMatch(/Practical +MISSING\n +error/);
  });

  it('gives relation and source a column each where there is room', () => {
    const text = examplesTable(RESPONSE, 100, PLAIN).join('\n');
    expect(text).toMatch(/kind +example +relation +source\n/);
    expect(text).toMatch(/brook +sibling +wordnet:n09229709\n +A brook is a natural/);
  });

  it('lines columns up whatever the style adds', () => {
    const mark = (text: string) => `\u001b[1m${text}\u001b[0m`;
    const style: Style = {
      strong: mark,
      quiet: mark,
      good: mark,
      warn: mark,
      bad: mark,
      service: (_, text) => mark(text),
    };
    // eslint-disable-next-line no-control-regex -- colours begin with that character
    const bare = examplesTable(RESPONSE, 100, style).map((line) => line.replace(/\u001b\[\dm/g, ''));
    expect(bare).toEqual(examplesTable(RESPONSE, 100, PLAIN));
  });
});

describe('endingView', () => {
  it('says where to hear it', () => {
    const text = endingView(RESPONSE, AUDIO, 100, PLAIN).join('\n');
    expect(text).toMatch(/spoken +demo-output\/rivers\.wav\n +12\.4 s, voice slt, 396 kB/);
  });

  it('names what is missing', () => {
    const text = endingView(RESPONSE, null, 100, PLAIN).join('\n');
    expect(text).toMatch(/missing +narration: audio does not answer \(UNAVAILABLE\)/);
    expect(text).not.toContain('spoken');
  });
});
