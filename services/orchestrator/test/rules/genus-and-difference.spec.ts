import { describe, expect, it } from '@jest/globals';
import { genusAndDifference } from '../../src/rules/genus-and-difference.ts';
import { good, quickly, river, run } from './subjects.ts';

describe('genus-and-difference', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'a stream that flows to the sea', score: 1, subject: river },
    { text: 'a stream flowing', score: 1, subject: river },
    { text: 'a stream of it', score: 0.7, subject: river },
    { text: 'a domestic animal', score: 0.7, subject: river },
    { text: 'a stream', score: 0, subject: river },
    { text: 'stream', score: 0, subject: river },
    { text: 'water, stream, brook', score: 0, subject: river },
    { text: 'that which flows', score: 0.3, subject: river },
    { text: 'of southern America', score: 0.3, subject: river },
    { text: 'not a large lake', score: 0.3, subject: river },
    { text: 'over half of the votes', score: 1, subject: river },
    { text: 'water '.repeat(50), score: 0, subject: river },
    { text: 'to move fast', score: 1, subject: run },
    { text: 'to go up', score: 0.7, subject: run },
    { text: 'to move', score: 0, subject: run },
    { text: 'to contain or include', score: 0, subject: run },
    { text: 'to make or become stronger', score: 1, subject: run },
    { text: 'having positive qualities', score: 1, subject: good },
    { text: 'not moving', score: 0.7, subject: good },
    { text: 'small, remote', score: 0, subject: good },
    { text: 'extremely pleasing', score: 1, subject: good },
    { text: 'in a rapid manner', score: 1, subject: quickly },
    { text: '', score: 0, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = genusAndDifference.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    {
      text: 'a stream',
      message: 'gives no difference; add what sets the term apart from others of its kind',
      subject: river,
    },
    {
      text: 'of southern America',
      message: 'gives a difference without a genus; name the kind it belongs to',
      subject: river,
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(genusAndDifference.check(text, subject).message).toBe(message);
  });
});
