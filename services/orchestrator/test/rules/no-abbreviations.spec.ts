import { describe, expect, it } from '@jest/globals';
import { noAbbreviations } from '../../src/rules/no-abbreviations.ts';
import { river } from './subjects.ts';

describe('no-abbreviations', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'a stream, e.g. a brook', score: 0.2, subject: river },
    { text: 'a stream, i.e. water', score: 0.2, subject: river },
    { text: 'water, mud, etc.', score: 0.2, subject: river },
    { text: 'water, mud, etc', score: 0.2, subject: river },
    { text: 'a body of the NATO', score: 0.2, subject: river },
    { text: 'officers of the FBI and CIA', score: 0, subject: river },
    { text: 'two DVDs', score: 0.2, subject: river },
    { text: 'a city in the U.S. and abroad', score: 0.2, subject: river },
    { text: 'a ray named X by its finder', score: 1, subject: river },
    { text: 'a king after Henry VIII', score: 1, subject: river },
    { text: 'a vitamin C tablet', score: 1, subject: river },
    { text: 'etching on glass', score: 1, subject: river },
    { text: 'eight or nine', score: 1, subject: river },
    { text: 'a stream w/o water', score: 0.2, subject: river },
    { text: 'ÉTÉ of France', score: 0.2, subject: river },
    { text: '', score: 1, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = noAbbreviations.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    { text: 'a stream, e.g. a brook', message: 'abbreviates ("e.g."); spell it out', subject: river },
    { text: 'officers of the FBI and CIA', message: 'abbreviates ("FBI", "CIA"); spell it out', subject: river },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(noAbbreviations.check(text, subject).message).toBe(message);
  });
});
