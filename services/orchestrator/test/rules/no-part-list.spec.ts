import { describe, expect, it } from '@jest/globals';
import { noPartList } from '../../src/rules/no-part-list.ts';
import { river } from './subjects.ts';

describe('no-part-list', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'consists of a source, a bed, a mouth and banks', score: 0, subject: river },
    { text: 'a system consisting of a bed, banks, and a mouth', score: 0, subject: river },
    { text: 'a stream composed of water', score: 1, subject: river },
    { text: 'water in a long natural bed composed of sand, mud, and stones', score: 0.5, subject: river },
    { text: 'a body of water such as a stream or a lake', score: 0.5, subject: river },
    { text: 'a body such as a court', score: 1, subject: river },
    { text: 'a bed comprising sand and mud', score: 1, subject: river },
    { text: 'including', score: 1, subject: river },
    { text: '', score: 1, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = noPartList.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    {
      text: 'consists of a source, a bed, a mouth and banks',
      message: 'is only a list of parts ("consists of …"); say what they have in common',
      subject: river,
    },
    {
      text: 'a body of water such as a stream or a lake',
      message: 'lists instead of defining ("such as …"); say what they have in common',
      subject: river,
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(noPartList.check(text, subject).message).toBe(message);
  });
});
