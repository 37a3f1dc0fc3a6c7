import { describe, expect, it } from '@jest/globals';
import { GenerateStoryResponse, Moral } from '@exempla/contracts/orchestrator/v1/story_service';
import { parseStoryArguments } from '../src/demo/story-arguments.ts';
import { storyReportOf } from '../src/demo/story-report.ts';
import { storyRequestOf } from '../src/demo/tell-story.ts';
import { UsageError } from '../src/problems.ts';
import { storyView } from '../src/terminal/story-view.ts';
import { PLAIN } from '../src/terminal/style.ts';
import { widthOf } from '../src/terminal/text.ts';
import { MAKER } from './sample.ts';

const RESPONSE = GenerateStoryResponse.fromPartial({
  story: {
    name: 'stories/0199',
    title: 'Mia and the Fox',
    text: `Mia saw a fox. ${'It was a small fox. '.repeat(20)}\n\n"Good night," said Mia.`,
    moral: 'Kindness comes back.',
    lengthMinutes: 1,
    model: 'offline-grammar',
    generationInfo: { attempts: 3 },
    score: { total: 8.25, criteria: [{ name: 'moral', score: 9 }] },
  },
});

describe('parseStoryArguments', () => {
  it('has a default for everything', () => {
    expect(parseStoryArguments([])).toMatchObject({ child: 'Mia', age: 5, interests: ['stars', 'foxes'], json: false });
  });

  it('reads a list of interests', () => {
    expect(parseStoryArguments(['--interests', 'boats, old maps']).interests).toEqual(['boats', 'old maps']);
  });

  it.each([
    [['--age', 'five'], '--age: "five" is not a whole number'],
    [['--gender', 'fox'], '--gender: "fox" is not one of female, male, other'],
    [['--seed', '-1'], /--seed/],
    [['--deadline', 'soon'], /^--deadline: "soon" is not a duration/],
    [['--colour'], "Unknown option '--colour'"],
  ])('%j is a usage error', (args, message) => {
    expect(() => parseStoryArguments(args)).toThrow(UsageError);
    expect(() => parseStoryArguments(args)).toThrow(message);
  });

  it('says in which language it is to be written, and by whom', () =>
    expect(storyRequestOf(parseStoryArguments(['--language', 'nl', '--provider', 'small']))).toMatchObject({
      language: 'nl',
      provider: 'small',
    }));

  it('knows the morals by name; any other text is one of your own', () => {
    expect(storyRequestOf(parseStoryArguments(['--moral', 'Honesty'])).lesson).toEqual({
      $case: 'moral',
      value: Moral.MORAL_HONESTY,
    });
    expect(storyRequestOf(parseStoryArguments(['--moral', 'share your cake'])).lesson).toEqual({
      $case: 'customMoral',
      value: 'share your cake',
    });
  });
});

describe('storyView', () => {
  it.each([60, 80, 100, 300])('stays within %d columns', (width) => {
    for (const line of storyView(RESPONSE, width, PLAIN)) expect(widthOf(line)).toBeLessThan(width);
  });

  it('is the story by paragraphs, then its score', () => {
    const text = storyView(RESPONSE, 100, PLAIN).join('\n');
    expect(text).toMatch(/^ {2}Mia and the Fox {2}\d+ words · 1 minute · offline-grammar\n\n {2}Mia saw a fox\./);
    expect(text).toContain('\n\n  "Good night," said Mia.\n\n');
    expect(text).toMatch(/score +8\.\d of 10, the best of 3 drafts: moral 9\.0/);
    expect(text).toMatch(/stored +stories\/0199$/);
  });
});

describe('storyReportOf', () => {
  it('has the story once', () => {
    const audio = { object: 'objects/x', file: 'x.wav', bytes: 1, seconds: 1, voice: 'slt', text: 'Mia saw' };
    const report = storyReportOf({
      response: RESPONSE,
      maker: MAKER,
      audio,
      hops: [],
      startedAt: 0,
      totalMs: 12.34,
    });
    expect(report).toMatchObject({ title: 'Mia and the Fox', score: 8.25, totalMs: 12.3, hops: [] });
    expect(report.madeBy).toMatchObject({ provider: 'small', host: 'models.test' });
    expect(report.audio).not.toHaveProperty('text');
  });
});
