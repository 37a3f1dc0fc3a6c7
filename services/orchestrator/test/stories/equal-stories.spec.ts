import { describe, expect, it } from '@jest/globals';
import { gate } from '@exempla/testing';
import { RemoteError, status } from '@exempla/rpc';
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

const remote = (code: status): RemoteError => new RemoteError('m', code, 'why');

/** A hasty request and a patient one, of which the first making ends with the error as soon as both wait. */
async function bothAfter(error: Error) {
  const equal = new EqualStories();
  const bothWait = gate();
  const heard: Part[] = [];
  let times = 0;
  const make = async ({ onPart }: StoryCall): Promise<GeneratedStory> => {
    void onPart(draft(1));
    if (++times > 1) return MADE;
    void onPart(draft(2));
    await bothWait.promise;
    throw error;
  };
  const hasty = equal.share(KEY, { time: call(1_000), onPart: () => {} }, make);
  const patient = equal.share(KEY, { time: call(20_000), onPart: (part) => void heard.push(part) }, make);
  bothWait.open();
  return { outcomes: await Promise.allSettled([hasty, patient]), heard, times };
}

describe('equal stories', () => {
  it.each([
    ['the model', new TextError('TEXT_TIMEOUT', 'too slow')],
    ['storage', remote(status.DEADLINE_EXCEEDED)],
  ])('that had too little time for %s are begun again by who has more; drafts count on', async (_, error) => {
    const { outcomes, heard, times } = await bothAfter(error);
    expect(outcomes).toEqual([
      { status: 'rejected', reason: error },
      { status: 'fulfilled', value: MADE },
    ]);
    expect(heard).toEqual([draft(2), { ...draft(1), attempt: 3 }]);
    expect(times).toBe(2);
  });

  it.each([
    ['is refused', new TextError('TEXT_REFUSED', 'no')],
    ['cannot be kept', remote(status.ALREADY_EXISTS)],
  ])('of which the first %s are not begun again', async (_, error) => {
    const { outcomes, times } = await bothAfter(error);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    expect(times).toBe(1);
  });
});
