import { describe, expect, it } from '@jest/globals';
import { invalid } from '../../src/stories/story-error.ts';
import { attachAudio, createStory, extractTitle, rateStory, spokenText } from '../../src/stories/story.ts';
import type { WrittenStory } from '../../src/stories/write-story.ts';
import { draft, generation, request } from './fakes.ts';

// Plain functions: that none of them gives a promise is in the types, that none reads anything is in the walls (S3-57).

const written = (change: Partial<WrittenStory['draft']> = {}): WrittenStory => ({
  draft: { ...draft(1), ...change },
  score: { total: 8, criteria: [] },
  generations: [],
  fallbackReason: '',
});

describe('createStory', () => {
  it('cuts what is longer than can be kept', () => {
    const story = createStory(request(), 'children/1', written({ title: 'x'.repeat(300), moral: 'm'.repeat(300) }));
    expect(story.title).toHaveLength(200);
    expect(story.title.endsWith('…')).toBe(true);
    expect(story.moral).toHaveLength(200);
  });

  it('takes a title from the text when the writer gives none', () => {
    const paragraphs = ['# The Fox', 'Once there was a fox.'];
    expect(createStory(request(), 'children/1', written({ title: '', paragraphs }))).toMatchObject({
      title: 'The Fox',
      text: 'Once there was a fox.',
    });
  });
});

describe('what a story took', () => {
  it('is that of all drafts, of those too that came to nothing', () => {
    const failed = generation({ errorReason: 'DRAFT_UNUSABLE', costMicroUsd: undefined });
    const generations = [failed, generation(), generation({ usage: undefined })];
    expect(createStory(request(), 'children/1', { ...written(), generations }).generationInfo).toEqual({
      attempts: 3,
      usage: { promptTokens: 20, completionTokens: 40 },
      costMicroUsd: 60,
    });
  });

  it('is not known where nobody tells', () => {
    const generations = [generation({ usage: undefined, costMicroUsd: undefined })];
    expect(createStory(request(), 'children/1', { ...written(), generations }).generationInfo).toEqual({
      attempts: 1,
      usage: undefined,
      costMicroUsd: undefined,
    });
  });
});

describe('extractTitle', () => {
  it.each([
    ['# The Fox\n\nOnce.', 'The Fox', 'Once.'],
    ['Title: The Fox\n\nOnce.', 'The Fox', 'Once.'],
    ['Название: Лиса\n\nОднажды.', 'Лиса', 'Однажды.'],
    ['**The Fox**\nOnce.', 'The Fox', 'Once.'],
    ['"The Fox"\n\nOnce.', 'The Fox', 'Once.'],
    ['Once there was a fox in the wood behind the house.', 'Once there was a fox in', undefined],
    [`${'Once there was a fox. '.repeat(10)}\n\nIt slept.`, 'Once there was a fox. Once', undefined],
    ['', 'A story', ''],
    ['#\n\nOnce.', 'Once', undefined],
  ])('%j', (content, title, text) => {
    const found = extractTitle(content);
    expect(found.text).toBe(text ?? content.trim());
    if (content.startsWith('#\n')) expect(found.title).not.toBe('');
    else expect(found.title).toBe(title);
  });
});

describe('attachAudio', () => {
  it('names the sound and leaves the rest, and the story it was given', () => {
    const story = Object.freeze({ name: 'stories/1', audio: '' });
    const attached = attachAudio(story, { object: 'objects/x', voice: 'slt' });
    expect(attached).toEqual({ name: 'stories/1', audio: 'objects/x', audioProvider: 'slt' });
  });
});

describe('rateStory', () => {
  it.each([1, 10])('takes %d', (rating) => expect(rateStory({ rating: 3 }, rating)).toEqual({ rating }));
  it.each([0, 11, -1, 1.5, Number.NaN])('refuses %d', (rating) =>
    expect(() => rateStory({ rating: 3 }, rating)).toThrow(invalid('rating', 'must be 1 to 10')),
  );
});

describe('spokenText', () => {
  it.each(['The Fox', 'The Fox.', 'Where is the Fox?'])('makes a sentence of "%s"', (title) =>
    expect(spokenText({ title, text: 'Once.' })).toMatch(/^[^.?]+[.?]\n\nOnce\.$/),
  );
});
