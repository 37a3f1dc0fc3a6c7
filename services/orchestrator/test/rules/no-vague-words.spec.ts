import { describe, expect, it } from '@jest/globals';
import { noVagueWords } from '../../src/rules/no-vague-words.ts';
import { good, river, run } from './subjects.ts';

describe('no-vague-words', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'a thing that flows', score: 0, subject: river },
    { text: 'a kind of thing that flows', score: 0, subject: river },
    { text: 'some kind of stream', score: 0, subject: river },
    { text: 'something that flows', score: 0.2, subject: river },
    { text: 'water used by someone to move things', score: 0.7, subject: river },
    { text: 'a stream of stuff and things', score: 0.3, subject: river },
    { text: 'to put something into place', score: 1, subject: run },
    { text: 'to deal with stuff', score: 0.7, subject: run },
    { text: 'lacking something desirable', score: 1, subject: good },
    { text: 'a kind of tree', score: 1, subject: river },
    { text: 'a nothing', score: 1, subject: river },
    { text: 'water and so on', score: 0.0, subject: river },
    { text: '', score: 1, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = noVagueWords.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    { text: 'a thing that flows', message: 'is built on "thing"; name the kind it belongs to', subject: river },
    {
      text: 'water used by someone to move things',
      message: 'uses "things"; say what exactly is meant',
      subject: river,
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(noVagueWords.check(text, subject).message).toBe(message);
  });
});
