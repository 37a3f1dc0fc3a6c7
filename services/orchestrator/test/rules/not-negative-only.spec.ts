import { describe, expect, it } from '@jest/globals';
import { notNegativeOnly } from '../../src/rules/not-negative-only.ts';
import { about, good, river, run } from './subjects.ts';

describe('not-negative-only', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'not a lake', score: 0, subject: river },
    { text: 'anything but a lake', score: 0, subject: river },
    { text: 'no lake of any size', score: 0, subject: river },
    { text: 'the opposite of a lake', score: 0, subject: river },
    { text: 'opposite of a lake', score: 0, subject: river },
    { text: 'not a lake but a stream', score: 0.8, subject: river },
    { text: 'not moving', score: 0.7, subject: good },
    { text: 'not kind to others', score: 1, subject: about('unkind', 'adjective') },
    { text: 'no sense at all', score: 0.8, subject: about('nonsense', 'noun') },
    { text: 'to not go to bed', score: 0, subject: run },
    { text: 'the absence of water', score: 1, subject: river },
    { text: 'a stream that is not a lake', score: 1, subject: river },
    { text: 'notable stream of water', score: 1, subject: river },
    { text: '', score: 1, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = notNegativeOnly.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([{ text: 'not a lake', message: 'says only what the term is not ("not"); say what it is', subject: river }])(
    'says of $text: $message',
    ({ text, message, subject }) => {
      expect(notNegativeOnly.check(text, subject).message).toBe(message);
    },
  );
});
