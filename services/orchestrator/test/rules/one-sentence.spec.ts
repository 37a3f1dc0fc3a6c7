import { describe, expect, it } from '@jest/globals';
import { oneSentence } from '../../src/rules/one-sentence.ts';
import { river } from './subjects.ts';

describe('one-sentence', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'A stream of water.', score: 1, subject: river },
    { text: 'a ratio of 3.5 to 1', score: 1, subject: river },
    { text: 'a stream, e.g. one that flows', score: 1, subject: river },
    { text: 'a son of J. S. Bach', score: 1, subject: river },
    { text: 'a dog, cat, etc. kept at home', score: 1, subject: river },
    { text: 'a stream of Dr. Who', score: 1, subject: river },
    { text: 'A stream. It flows.', score: 0.3, subject: river },
    { text: 'a stream! it flows', score: 0.3, subject: river },
    { text: 'One. Two is here. Three is there.', score: 0.0, subject: river },
    { text: '一条大河。它很长。', score: 0.3, subject: river },
    { text: 'a stream; a brook', score: 0.7, subject: river },
    { text: 'a; b; c', score: 0.4, subject: river },
    { text: '', score: 1, subject: river },
    { text: 'Really?! Yes', score: 0.3, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = oneSentence.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    {
      text: 'A stream. It flows.',
      message: 'has 2 sentences; keep the first and move the rest to the explanation',
      subject: river,
    },
    {
      text: 'a stream; a brook',
      message: 'joins several statements by semicolons; keep the one that defines the term',
      subject: river,
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(oneSentence.check(text, subject).message).toBe(message);
  });
});
