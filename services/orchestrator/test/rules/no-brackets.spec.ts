import { describe, expect, it } from '@jest/globals';
import { noBrackets } from '../../src/rules/no-brackets.ts';
import { river } from './subjects.ts';

describe('no-brackets', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'a stream (of water)', score: 0.4, subject: river },
    { text: 'a stream [small]', score: 0.4, subject: river },
    { text: 'a "stream" of water', score: 0.4, subject: river },
    { text: 'a “stream” of water', score: 0.4, subject: river },
    { text: "a 'stream' of water", score: 0.4, subject: river },
    { text: "one's own or others' money", score: 1, subject: river },
    { text: 'a stream (of water) or (of mud)', score: 0, subject: river },
    { text: 'a "stream" (of water)', score: 0, subject: river },
    { text: 'a « stream » of water', score: 0.4, subject: river },
    { text: 'a dog’s life', score: 1, subject: river },
    { text: '', score: 1, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = noBrackets.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    { text: 'a stream (of water)', message: 'has brackets; say it in the sentence or leave it out', subject: river },
    {
      text: 'a "stream" of water',
      message: 'has quotation marks; say it in the sentence or leave it out',
      subject: river,
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(noBrackets.check(text, subject).message).toBe(message);
  });
});
