import { describe, expect, it } from '@jest/globals';
import { gate } from '@exempla/testing';
import { TextError } from '@exempla/text';
import { EqualStories } from '../../src/adapters/equal-stories.ts';
import type { GeneratedStory, Part, StoryCall } from '../../src/stories/index.ts';
import { BARE_STORY, call, stored } from './fakes.ts';

const KEY = { requestId: 'r-1', requestFingerprint: 'f-1' };
const MADE: GeneratedStory = {
  story: stored(BARE_STORY),
  narration: undefined,
  fallbackReason: '',
  degraded: [],
  timings: [],
};
const draft = (attempt: number): Part => ({ type: 'draft', attempt, title: '', text: `draft ${attempt}` });

describe('equal stories', () => {
  it('drafts count on where a story is begun again for who has more time', async () => {
    const equal = new EqualStories();
    const timeIsOver = gate();
    let times = 0;
    const make = async ({ onPart }: StoryCall): Promise<GeneratedStory> => {
      void onPart(draft(1));
      if (++times > 1) return MADE;
      void onPart(draft(2));
      await timeIsOver.promise;
      throw new TextError('TEXT_TIMEOUT', 'too slow');
    };
    const heard: Part[] = [];
    const hasty = equal.share(KEY, { time: call(1_000), onPart: () => {} }, make);
    const patient = equal.share(KEY, { time: call(20_000), onPart: (part) => void heard.push(part) }, make);
    timeIsOver.open();
    await expect(hasty).rejects.toMatchObject({ reason: 'TEXT_TIMEOUT' });
    expect(await patient).toBe(MADE);
    expect(heard).toEqual([draft(2), { ...draft(1), attempt: 3 }]);
    expect(times).toBe(2);
  });
});
