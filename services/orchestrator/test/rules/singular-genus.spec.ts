import { describe, expect, it } from '@jest/globals';
import { singularGenus } from '../../src/rules/singular-genus.ts';
import { about, river, run } from './subjects.ts';

describe('singular-genus', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'large streams of water', score: 0.5, subject: river },
    { text: 'the streams that flow', score: 0.5, subject: river },
    { text: 'streams', score: 0.5, subject: river },
    { text: 'several streams of water', score: 0.4, subject: river },
    { text: 'any of various fishes', score: 1, subject: river },
    { text: 'a pair of shoes', score: 1, subject: river },
    { text: 'water that fills rivers', score: 1, subject: river },
    { text: 'the practice of politics', score: 1, subject: river },
    { text: 'the fullness of streams', score: 1, subject: river },
    { text: 'goods carried by a ship', score: 1, subject: river },
    { text: 'United States general', score: 1, subject: river },
    { text: 'people who swim', score: 0.5, subject: river },
    { text: 'large streams of water', score: 1, subject: about('rivers', 'noun') },
    { text: 'large streams of water', score: 1, subject: about('genus Salmo', 'noun') },
    { text: 'young people', score: 1, subject: about('children', 'noun') },
    { text: 'young people who play', score: 0.5, subject: about('children', 'noun', { lemma: 'child' }) },
    { text: 'streams fast', score: 1, subject: run },
    { text: 'a bus of the city', score: 1, subject: river },
    { text: '', score: 1, subject: river },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = singularGenus.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    {
      text: 'large streams of water',
      message: 'has its genus in the plural ("streams"); write it in the singular, as the term',
      subject: river,
    },
    {
      text: 'several streams of water',
      message: 'speaks of many ("several") where the term is one; write the genus in the singular',
      subject: river,
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(singularGenus.check(text, subject).message).toBe(message);
  });
});
