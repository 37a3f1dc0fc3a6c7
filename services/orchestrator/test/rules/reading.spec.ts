import { describe, expect, it } from '@jest/globals';
import { basesOf, isFormOf } from '../../src/rules/reading/inflections.ts';
import { findPhrases, phraseBook } from '../../src/rules/reading/phrases.ts';
import { piecesOf } from '../../src/rules/reading/pieces.ts';
import { contentWordsOf, tokensOf, wordsOf } from '../../src/rules/reading/words.ts';

describe('words', () => {
  it.each([
    { text: 'A Café, at its river-bank.', words: ['a', 'cafe', 'at', 'its', 'river', 'bank'] },
    { text: "the dog's owners’ bones", words: ['the', 'dog', 'owners', 'bones'] },
    { text: 'it doesn’t', words: ['it', "doesn't"] },
    { text: '大きな川', words: ['大', 'き', 'な', '川'] },
    { text: '3.5 km', words: ['3', '5', 'km'] },
    { text: ' — … ', words: [] },
  ])('of $text', ({ text, words }) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('keep the marks between them as tokens', () => {
    expect(tokensOf('and/or.').map(({ raw }) => raw)).toEqual(['and', '/', 'or', '.']);
  });

  it('of long texts are not mixed up', () => {
    const [a, b] = ['alpha '.repeat(200), 'beta '.repeat(200)];
    expect([a, b, a].map((text) => wordsOf(text)[0])).toEqual(['alpha', 'beta', 'alpha']);
    expect(tokensOf(a)).toHaveLength(200);
  });

  it('of meaning leave out articles and the like, not numerals', () => {
    expect(contentWordsOf(wordsOf('being five more than one of the rivers'))).toEqual(['five', 'rivers']);
  });
});

describe('phrases', () => {
  it('are found where all their words stand', () => {
    const book = phraseBook('for example, for instance, now');
    expect(findPhrases(wordsOf('for now, for instance; for'), book)).toEqual([
      { phrase: 'now', at: 1 },
      { phrase: 'for instance', at: 2 },
    ]);
  });
});

describe('pieces', () => {
  it('stand between commas, slashes, and, or', () => {
    expect(piecesOf('a brook or small stream, water/mud and, ')).toEqual([
      ['a', 'brook'],
      ['small', 'stream'],
      ['water'],
      ['mud'],
    ]);
  });
});

describe('inflections', () => {
  it.each([
    ['rivers', 'river', 'noun'],
    ['cities', 'city', 'noun'],
    ['boxes', 'box', 'noun'],
    ['children', 'child', 'noun'],
    ['criteria', 'criterion', 'noun'],
    ['running', 'run', 'verb'],
    ['passed', 'pass', 'verb'],
    ['making', 'make', 'verb'],
    ['tried', 'try', 'verb'],
    ['ran', 'run', 'verb'],
    ['bigger', 'big', 'adjective'],
    ['happiest', 'happy', 'adjective'],
    ['worse', 'bad', 'adjective'],
    ['faster', 'fast', 'adverb'],
  ] as const)('%s is a form of %s', (form, base, part) => {
    expect(isFormOf(form, [base], part)).toBe(true);
    expect(isFormOf(form, [base])).toBe(true);
  });

  it.each([
    ['glass', 'glas', 'noun'],
    ['crisis', 'crisi', 'noun'],
    ['running', 'run', 'noun'],
    ['thing', 'the', 'verb'],
    ['string', 'str', 'verb'],
    ['number', 'numb', 'adjective'],
    ['streams', 'river', 'noun'],
  ] as const)('%s is no form of %s', (word, base, part) => {
    expect(isFormOf(word, [base], part)).toBe(false);
  });

  it('of an endless word are not looked for', () => {
    const word = `${'run'.repeat(100)}ning`;
    expect(basesOf(word)).toEqual([word]);
  });
});
