import { describe, expect, it } from '@jest/globals';
import { noExamples } from '../../src/rules/no-examples.ts';
import { river } from './subjects.ts';

describe('no-examples', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'a stream, for example the Rhine', score: 0.4, subject: river },
    { text: 'a stream, for instance the Rhine', score: 0.4, subject: river },
    { text: 'a stream, e.g. the Rhine', score: 0.4, subject: river },
    { text: 'a body such as a court', score: 0.7, subject: river },
    { text: 'e.g. a stream, for example the Rhine', score: 0, subject: river },
    { text: 'a thing taken as a pattern for others', score: 1, subject: river },
    { text: 'for examples', score: 1, subject: river },
    { text: '', score: 1, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = noExamples.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    {
      text: 'a stream, e.g. the Rhine',
      message: 'gives an example ("e.g."); examples have their own place',
      subject: river,
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(noExamples.check(text, subject).message).toBe(message);
  });
});
