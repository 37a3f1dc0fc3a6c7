import { describe, expect, it } from '@jest/globals';
import { notSynonym } from '../../src/rules/not-synonym.ts';
import { good, river, run } from './subjects.ts';

describe('not-synonym', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'large stream', score: 1, subject: river },
    { text: 'a stream or small brook', score: 1, subject: river },
    { text: 'stream', score: 0, subject: river },
    { text: 'a stream', score: 0, subject: river },
    { text: 'a stream, a brook', score: 0, subject: river },
    { text: 'stream or brook; watercourse', score: 0, subject: river },
    { text: 'stream/brook', score: 0, subject: river },
    { text: 'to run', score: 0, subject: run },
    { text: 'to run fast', score: 1, subject: run },
    { text: 'small and remote and insignificant', score: 0, subject: good },
    { text: 'not bad', score: 1, subject: good },
    { text: '', score: 0, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = notSynonym.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    {
      text: 'a stream',
      message: 'is only another word for the term; name its genus and what sets it apart',
      subject: river,
    },
    {
      text: 'stream or brook',
      message: 'is only a row of other words for the term; name its genus and what sets it apart',
      subject: river,
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(notSynonym.check(text, subject).message).toBe(message);
  });
});
