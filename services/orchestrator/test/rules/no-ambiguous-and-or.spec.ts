import { describe, expect, it } from '@jest/globals';
import { noAmbiguousAndOr } from '../../src/rules/no-ambiguous-and-or.ts';
import { river } from './subjects.ts';

describe('no-ambiguous-and-or', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'a stream and/or brook', score: 0, subject: river },
    { text: 'a stream and / or brook', score: 0, subject: river },
    { text: 'a stream/brook', score: 0.5, subject: river },
    { text: 'cats and dogs or birds', score: 0.7, subject: river },
    { text: 'milk or honey and bread', score: 0.7, subject: river },
    { text: 'cats, and dogs, or birds', score: 1, subject: river },
    { text: 'cats and dogs that chase mice in barns or fields', score: 1, subject: river },
    { text: 'of or relating to trade and commerce', score: 1, subject: river },
    { text: 'one or more ships and boats', score: 1, subject: river },
    { text: '10 km / h', score: 0.5, subject: river },
    { text: 'and', score: 1, subject: river },
    { text: '', score: 1, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = noAmbiguousAndOr.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    { text: 'a stream and/or brook', message: 'uses "and/or"; choose "and" or "or"', subject: river },
    { text: 'a stream/brook', message: 'joins words by a slash ("stream/brook"); write "and" or "or"', subject: river },
    {
      text: 'cats and dogs or birds',
      message: 'mixes "and" and "or" in one row; leave no doubt which belongs together',
      subject: river,
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(noAmbiguousAndOr.check(text, subject).message).toBe(message);
  });
});
