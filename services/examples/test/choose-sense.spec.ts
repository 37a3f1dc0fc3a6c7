import { describe, expect, it } from '@jest/globals';
import { Lexicon } from '../src/lexicon/index.ts';
import { miniature } from './miniature.ts';
import { defineRequest, noContext } from './requests.ts';

const lexicon = new Lexicon(miniature());
const define = (term: string, rest = {}) => lexicon.define(defineRequest(term, rest));

describe('the sense', () => {
  it('is the most frequent one when nothing else is said; the others follow', () => {
    const { sense, reason, others } = define('bank');
    expect(sense).toMatchObject({
      source: 'wordnet:n00000011',
      lemma: 'bank',
      partOfSpeech: 'noun',
      category: 'object',
    });
    expect(reason).toBe(
      'Of 2 senses this one is met most often: in 25 of 45 occurrences in the tagged texts of WordNet.',
    );
    expect(others.map(({ source }) => source)).toEqual(['wordnet:n00000010']);
  });

  it.each([
    ['organisational', { organisational: ['money lending'] }],
    ['juridical', { juridical: ['deposits'] }],
    ['legal basis', { legalBasis: ['Deposits Act 1990'] }],
  ])('is steered by the %s context, which the reason names', (_name, context) => {
    const { sense, reason } = define('bank', { context: { ...noContext, ...context } });
    expect(sense.source).toBe('wordnet:n00000010');
    expect(reason).toMatch(/^Of 2 senses this one fits the context best: “.+” meets? “.+” in it\.$/);
  });

  it('is steered by the category', () => {
    expect(define('bank', { category: 'possession' }).sense.source).toBe('wordnet:n00000011');
    expect(define('bank', { category: 'institution' }).sense.source).toBe('wordnet:n00000010');
  });

  it('is the one the request names', () => {
    expect(define('bank', { sense: 'wordnet:n00000010' })).toMatchObject({
      sense: { source: 'wordnet:n00000010' },
      reason: 'The request named this sense.',
    });
    expect(() => define('bank', { sense: 'wordnet:n00000002' })).toThrow('is not a sense of "bank"');
  });

  it('is never slang first when there is another, however frequent; the label stays visible', () => {
    const { sense, others } = define('dork');
    expect(sense.source).toBe('wordnet:n00000013');
    expect(others[0]?.gloss).toBe('(slang) a person regarded as foolish');
  });

  it('minds the capital', () => {
    expect(define('China').sense.source).toBe('wordnet:n00000014');
    expect(define('china').sense.source).toBe('wordnet:n00000015');
  });

  it('has the base form and says when it is the only one', () => {
    expect(define('mice').sense.lemma).toBe('mouse');
    expect(define('to run').sense.partOfSpeech).toBe('verb');
    expect(define('river').reason).toBe('“River” has only this sense.');
  });
});

describe('a term that cannot be defined', () => {
  it('is unknown, with what was perhaps meant', () => {
    expect(() => define('rivver')).toThrow(
      expect.objectContaining({ reason: 'TERM_UNKNOWN', metadata: { term: 'rivver', suggestions: 'river' } }),
    );
  });

  it.each(['?!', '…', '—'])('%s has nothing to look up', (term) => {
    expect(() => define(term)).toThrow(expect.objectContaining({ reason: 'TERM_INVALID' }));
  });
});
