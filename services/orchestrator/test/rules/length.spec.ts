import { describe, expect, it } from '@jest/globals';
import { length } from '../../src/rules/length.ts';
import { about, good, river, run } from './subjects.ts';

describe('length', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'a running body of water', score: 1, subject: river },
    { text: 'a body of', score: 0.6, subject: river },
    { text: 'a stream', score: 0.4, subject: river },
    { text: 'stream', score: 0.2, subject: river },
    { text: '', score: 0, subject: river },
    { text: 'to move fast', score: 1, subject: run },
    { text: 'to move', score: 0.3333333333333333, subject: run },
    { text: 'to', score: 0, subject: run },
    { text: 'extremely pleasing', score: 1, subject: good },
    { text: 'nice', score: 0.3333333333333333, subject: good },
    { text: 'word '.repeat(40), score: 1, subject: river },
    { text: 'word '.repeat(70), score: 0.5, subject: river },
    { text: 'word '.repeat(100), score: 0, subject: river },
    { text: 'word '.repeat(2_000), score: 0, subject: river },
    { text: 'moving water', score: 0.5, subject: about('river') },
    { text: '한국어 정의 문장 하나', score: 1, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = length.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    { text: 'stream', message: 'has one word; add what sets the term apart from its kind', subject: river },
    { text: '', message: 'has no words; add what sets the term apart from its kind', subject: river },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(length.check(text, subject).message).toBe(message);
  });
});
