import { describe, expect, it } from '@jest/globals';
import { contentWords } from '../../src/rules/content-words.ts';
import { quickly, river, run } from './subjects.ts';

describe('content-words', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'the state of being', score: 0.4, subject: river },
    { text: 'of the', score: 0, subject: river },
    { text: '', score: 0, subject: river },
    { text: 'to run', score: 1, subject: run },
    { text: 'on or from the inside', score: 0.4, subject: quickly },
    { text: 'a state that is one', score: 0.4, subject: river },
    { text: 'deep water '.repeat(8), score: 0.125, subject: river },
    { text: 'a deep and wide water, '.repeat(2), score: 1, subject: river },
    { text: 'une étendue d’eau courante', score: 1, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = contentWords.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    {
      text: 'it is',
      message: 'has no word that carries meaning; name the kind and the mark of the term',
      subject: river,
    },
    {
      text: 'a stream',
      message: 'has a single word that carries meaning; say what sets the term apart',
      subject: river,
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(contentWords.check(text, subject).message).toBe(message);
  });
});
