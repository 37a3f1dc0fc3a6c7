import { describe, expect, it } from '@jest/globals';
import { notEmpty } from '../../src/rules/not-empty.ts';
import { river } from './subjects.ts';

describe('not-empty', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: '水', score: 1, subject: river },
    { text: 'x', score: 1, subject: river },
    { text: '7', score: 1, subject: river },
    { text: '', score: 0, subject: river },
    { text: '   \n', score: 0, subject: river },
    { text: '… — !', score: 0, subject: river },
    { text: '​', score: 0, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = notEmpty.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([{ text: '', message: 'has no text; say what the term means', subject: river }])(
    'says of $text: $message',
    ({ text, message, subject }) => {
      expect(notEmpty.check(text, subject).message).toBe(message);
    },
  );
});
