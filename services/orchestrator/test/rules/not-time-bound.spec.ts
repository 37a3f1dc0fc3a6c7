import { describe, expect, it } from '@jest/globals';
import { notTimeBound } from '../../src/rules/not-time-bound.ts';
import { river } from './subjects.ts';

describe('not-time-bound', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'a currently wide stream', score: 0.3, subject: river },
    { text: 'a stream of recent origin', score: 0.3, subject: river },
    { text: 'a city in modern Turkey', score: 0.7, subject: river },
    { text: 'a stream that is now dry', score: 0.7, subject: river },
    { text: 'currently and nowadays wide', score: 0, subject: river },
    { text: 'a stream known to date', score: 0.3, subject: river },
    { text: 'a stream in a valley these days', score: 0.3, subject: river },
    { text: 'a date agreed to', score: 1, subject: river },
    { text: 'an electric current', score: 1, subject: river },
    { text: 'the present moment', score: 1, subject: river },
    { text: '', score: 1, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = notTimeBound.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    {
      text: 'a currently wide stream',
      message: 'is tied to a moment ("currently"); say what holds at any time',
      subject: river,
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(notTimeBound.check(text, subject).message).toBe(message);
  });
});
