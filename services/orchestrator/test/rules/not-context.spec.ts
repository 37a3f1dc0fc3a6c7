import { describe, expect, it } from '@jest/globals';
import { notContext } from '../../src/rules/not-context.ts';
import { about } from './subjects.ts';

const inWaterLaw = about('river', 'noun', {
  context: {
    organisational: ['river police', 'bank'],
    juridical: ['of the'],
    legalBasis: ['Article 3 of the Water Act', 'section 12, Code of Criminal Procedure'],
  },
});

describe('not-context', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: inWaterLaw },
    { text: 'a stream patrolled by the river police', score: 0.3, subject: inWaterLaw },
    { text: 'a stream patrolled by a bank', score: 0.3, subject: inWaterLaw },
    { text: 'a stream between two banks', score: 0.3, subject: inWaterLaw },
    { text: 'a stream as defined by the Water Act', score: 0.3, subject: inWaterLaw },
    { text: 'a stream under the Code of Criminal Procedure', score: 0.3, subject: inWaterLaw },
    { text: 'a stream for the police of a river', score: 1, subject: inWaterLaw },
    { text: 'a stream in the water', score: 1, subject: inWaterLaw },
    { text: 'an act of police', score: 1, subject: inWaterLaw },
    { text: 'Article 3 of the Water Act and the bank', score: 0, subject: inWaterLaw },
    { text: '', score: 1, subject: inWaterLaw },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = notContext.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    {
      text: 'a stream patrolled by the river police',
      message: 'names its context ("river police"); the context stands beside it already',
      subject: inWaterLaw,
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(notContext.check(text, subject).message).toBe(message);
  });

  it('has nothing to find without a context', () => {
    expect(notContext.check('a stream of the river police', about('river', 'noun')).score).toBe(1);
  });
});
