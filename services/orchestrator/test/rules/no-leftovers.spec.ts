import { describe, expect, it } from '@jest/globals';
import { noLeftovers } from '../../src/rules/no-leftovers.ts';
import { river, run } from './subjects.ts';

describe('no-leftovers', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'A large stream', score: 0.8, subject: river },
    { text: 'a large stream.', score: 0.8, subject: river },
    { text: 'A large stream.', score: 0.6, subject: river },
    { text: 'Greek god of the sea', score: 1, subject: river },
    { text: 'a  stream', score: 0.7, subject: river },
    { text: ' a stream', score: 0.7, subject: river },
    { text: 'a stream\nof water', score: 0.7, subject: river },
    { text: 'a stream , small', score: 0.7, subject: river },
    { text: 'a stream,, small', score: 0.7, subject: river },
    { text: '- a stream', score: 0.4, subject: river },
    { text: '1. a stream', score: 0.4, subject: river },
    { text: 'Definition: a stream', score: 0.4, subject: river },
    { text: 'a stream of water and', score: 0.4, subject: river },
    { text: 'a stream,', score: 0.4, subject: river },
    { text: 'to put an end to the ties of', score: 1, subject: run },
    { text: ', a stream', score: 0.4, subject: river },
    { text: 'a stream (of water', score: 0.5, subject: river },
    { text: 'a “stream', score: 0.5, subject: river },
    { text: 'a "stream', score: 0.5, subject: river },
    { text: 'a stre​am', score: 0.4, subject: river },
    { text: 'a stre\u0007am', score: 0.4, subject: river },
    { text: 'a **stream** of water', score: 0.4, subject: river },
    { text: 'a <b>stream', score: 0.4, subject: river },
    { text: 'a ratio of 3:1 or 3.5', score: 1, subject: river },
    { text: '** A stream ,,  ( ', score: 0, subject: river },
    { text: 'une étendue d’eau', score: 1, subject: river },
    { text: '', score: 1, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = noLeftovers.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    {
      text: 'A large stream.',
      message: 'starts with a capital, ends with a stop; write it as a plain phrase like "a measure of …"',
      subject: river,
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(noLeftovers.check(text, subject).message).toBe(message);
  });
});
