import { describe, expect, it } from '@jest/globals';
import { notCircular } from '../../src/rules/not-circular.ts';
import { about, good, river, run } from './subjects.ts';

describe('not-circular', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'a river that flows', score: 0, subject: river },
    { text: 'Rivers and streams', score: 0, subject: river },
    { text: "the river's bed", score: 0, subject: river },
    { text: 'a river-bank or shore', score: 0, subject: river },
    { text: 'the RIVER', score: 0, subject: river },
    { text: 'a riverine landscape', score: 1, subject: river },
    { text: '', score: 1, subject: river },
    { text: 'to ran or running fast', score: 0, subject: run },
    { text: 'to move by runs', score: 0, subject: run },
    { text: 'to move fast', score: 1, subject: run },
    { text: 'the act of running', score: 1, subject: about('run', 'noun') },
    { text: 'the act of running', score: 0, subject: about('run') },
    {
      text: 'a human being between birth and puberty',
      score: 1,
      subject: about('children', 'noun', { lemma: 'child' }),
    },
    { text: 'a child or infant', score: 0, subject: about('children', 'noun', { lemma: 'child' }) },
    { text: 'children under age', score: 0, subject: about('child', 'noun') },
    {
      text: 'a legal instrument that lets one person act for another',
      score: 1,
      subject: about('power of attorney', 'noun'),
    },
    { text: 'a power given to an attorney', score: 0.3, subject: about('power of attorney', 'noun') },
    { text: 'any power of attorney in writing', score: 0, subject: about('power of attorney', 'noun') },
    { text: 'powers of attorney', score: 0, subject: about('power of attorney', 'noun') },
    { text: 'a large ferocious bear of Eurasia', score: 1, subject: about('brown bear', 'noun') },
    { text: 'a bear with brown fur', score: 0.3, subject: about('brown bear', 'noun') },
    { text: 'to lose in order to give away', score: 1, subject: about('give up', 'verb') },
    { text: 'to have given up hope', score: 0, subject: about('give up', 'verb') },
    { text: 'situated within the bounds of a place', score: 1, subject: about('in', 'adverb') },
    { text: 'the smallest whole number above none', score: 1, subject: about('one', 'noun') },
    { text: 'a number of things', score: 1, subject: about('numb', 'adjective') },
    { text: 'a number that counts', score: 0, subject: about('number', 'noun') },
    { text: 'better than most', score: 0, subject: good },
    { text: 'un petit café noir', score: 0, subject: about('cafe', 'noun', { language: 'fr' }) },
    { text: '大きな川の流れ', score: 0, subject: about('川', 'noun', { language: 'ja' }) },
    { text: 'a string or thing', score: 1, subject: about('the', 'noun') },
    { text: 'a king or wing', score: 1, subject: about('k', 'verb') },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = notCircular.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    {
      text: 'a river that flows',
      message: 'names the term itself ("river"); describe it by its genus instead',
      subject: river,
    },
    {
      text: 'a bear with brown fur',
      message: 'names every word of the term ("brown bear"); describe at least one of them in other words',
      subject: about('brown bear', 'noun'),
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(notCircular.check(text, subject).message).toBe(message);
  });

  it('is critical', () => {
    expect(notCircular.critical).toBe(true);
  });
});
