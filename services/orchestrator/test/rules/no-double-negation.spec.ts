import { describe, expect, it } from '@jest/globals';
import { noDoubleNegation } from '../../src/rules/no-double-negation.ts';
import { river } from './subjects.ts';

describe('no-double-negation', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'not moving', score: 1, subject: river },
    { text: 'water that is not unlike milk', score: 0.3, subject: river },
    { text: 'not impossible to cross', score: 0.3, subject: river },
    { text: 'never without water', score: 0.3, subject: river },
    { text: 'a body that doesn’t lack nothing', score: 0.3, subject: river },
    { text: 'not under the sea', score: 1, subject: river },
    { text: 'not into music', score: 1, subject: river },
    { text: 'not important', score: 1, subject: river },
    { text: 'not united with the whole', score: 1, subject: river },
    { text: 'not moving, not speaking', score: 1, subject: river },
    { text: 'neither hot nor cold', score: 1, subject: river },
    { text: 'no longer or not yet', score: 1, subject: river },
    { text: 'with no bed and no banks', score: 1, subject: river },
    { text: 'not without nothing, not uncommon', score: 0, subject: river },
    { text: '', score: 1, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = noDoubleNegation.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    {
      text: 'water that is not unlike milk',
      message: 'denies twice ("not unlike"); say it without negation',
      subject: river,
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(noDoubleNegation.check(text, subject).message).toBe(message);
  });
});
