import { describe, expect, it } from '@jest/globals';
import { noJudgement } from '../../src/rules/no-judgement.ts';
import { good, river } from './subjects.ts';

describe('no-judgement', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'a beautiful stream of water', score: 0.4, subject: river },
    { text: 'unfortunately a stream', score: 0.4, subject: river },
    { text: 'a lovely, nice stream', score: 0, subject: river },
    { text: 'a stream, of course', score: 0.4, subject: river },
    { text: 'an evening course of lessons', score: 1, subject: river },
    { text: 'very beautiful', score: 1, subject: good },
    { text: 'obviously beautiful', score: 0.4, subject: good },
    { text: 'a nicety of manner', score: 1, subject: river },
    { text: '', score: 1, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = noJudgement.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    {
      text: 'a beautiful stream of water',
      message: 'judges ("beautiful"); describe without praise or blame',
      subject: river,
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(noJudgement.check(text, subject).message).toBe(message);
  });
});
