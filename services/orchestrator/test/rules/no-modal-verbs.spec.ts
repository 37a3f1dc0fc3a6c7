import { describe, expect, it } from '@jest/globals';
import { noModalVerbs } from '../../src/rules/no-modal-verbs.ts';
import { river } from './subjects.ts';

describe('no-modal-verbs', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'a stream that can flow', score: 0.2, subject: river },
    { text: 'a stream that may or should flow', score: 0.2, subject: river },
    { text: 'a stream that should flow and must end', score: 0, subject: river },
    { text: 'water that cannot flow', score: 0.2, subject: river },
    { text: 'water that won’t flow', score: 0.2, subject: river },
    { text: 'a can of water', score: 1, subject: river },
    { text: 'a metal can for food', score: 1, subject: river },
    { text: 'done of one’s own will', score: 1, subject: river },
    { text: "against a person's will", score: 1, subject: river },
    { text: 'a day in May each year', score: 1, subject: river },
    { text: 'military might and power', score: 1, subject: river },
    { text: 'the strength of will', score: 1, subject: river },
    { text: '', score: 1, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = noModalVerbs.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    {
      text: 'a stream that can flow',
      message: 'uses a modal verb ("can"); say what is, not what may or should be',
      subject: river,
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(noModalVerbs.check(text, subject).message).toBe(message);
  });
});
