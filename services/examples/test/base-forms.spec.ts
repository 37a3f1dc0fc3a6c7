import { describe, expect, it } from '@jest/globals';
import type { Dictionary, PartOfSpeech } from '../src/dictionary/index.ts';
import { baseForms, isFormOf, readTerm } from '../src/dictionary/index.ts';

/** Knows the words it is given, by part of speech. */
const knowing = (words: Partial<Record<PartOfSpeech, string>>): Dictionary => ({
  lookup: (lemma, pos) => ((words[pos] ?? '').split(',').includes(lemma) ? ['n00000001'] : []),
  synset: () => undefined,
  tagCount: () => 0,
});

const lemmas = (term: string, words: Partial<Record<PartOfSpeech, string>>): string[] =>
  baseForms(term, knowing(words)).map(({ lemma, pos }) => `${lemma} ${pos}`);

describe('base forms', () => {
  it.each<[string, PartOfSpeech, string]>([
    ['mice', 'noun', 'mouse'],
    ['children', 'noun', 'child'],
    ['indices', 'noun', 'index'],
    ['rivers', 'noun', 'river'],
    ['churches', 'noun', 'church'],
    ['berries', 'noun', 'berry'],
    ['leaves', 'noun', 'leaf'],
    ['firemen', 'noun', 'fireman'],
    ['potatoes', 'noun', 'potato'],
    ['powers of attorney', 'noun', 'power of attorney'],
    ['ice creams', 'noun', 'ice cream'],
    ['went', 'verb', 'go'],
    ['lain', 'verb', 'lie'],
    ['running', 'verb', 'run'],
    ['tried', 'verb', 'try'],
    ['baked', 'verb', 'bake'],
    ['gave up', 'verb', 'give up'],
    ['better', 'adjective', 'good'],
    ['bigger', 'adjective', 'big'],
    ['happiest', 'adjective', 'happy'],
    ['worst', 'adverb', 'badly'],
  ])('%s is the %s %s', (form, pos, base) => {
    expect(lemmas(form, { [pos]: base })).toEqual([`${base} ${pos}`]);
  });

  it('the form as written comes first, a verb behind it after', () => {
    expect(lemmas('running', { noun: 'running', verb: 'run' })).toEqual(['running noun', 'run verb']);
  });

  it.each([
    ['bus', 'bu'],
    ['glass', 'glas'],
    ['crisis', 'crisi'],
    ['gas', 'ga'],
  ])('%s is no plural of %s', (form, base) => {
    expect(lemmas(form, { noun: base })).toEqual([]);
  });

  it('a word that is listed itself is no comparative of another', () => {
    expect(lemmas('fiver', { noun: 'fiver', adjective: 'five' })).toEqual(['fiver noun']);
    expect(lemmas('news', { noun: 'news,new' })).toEqual(['news noun']);
  });

  it('tells inflections in a text', () => {
    expect(isFormOf('went', 'go', 'verb')).toBe(true);
    expect(isFormOf('rivers', 'river', 'noun')).toBe(true);
    expect(isFormOf('riverbed', 'river', 'noun')).toBe(false);
  });
});

describe('the term as typed', () => {
  it.each([
    ['  River! ', 'river'],
    ['the river', 'river'],
    ['to run', 'run'],
    ['Café', 'cafe'],
    ['ＲＩＶＥＲ', 'river'],
    ['power   of attorney', 'power of attorney'],
    ['“entropy”', 'entropy'],
    ['cat’s-paw', "cat's-paw"],
    ['semi-automatic', 'semiautomatic'],
    ['U.S.', 'u.s.'],
  ])('%s is looked up as %s', (raw, spelling) => {
    expect(readTerm(raw).spellings).toContain(spelling);
  });

  it.each(['', ' ', '?!', '…', '“”', '—'])('%j has nothing to look up', (raw) => {
    expect(readTerm(raw).spellings).toEqual([]);
  });

  it('an article or `to` says what it can be', () => {
    expect(readTerm('to run').only).toBe('verb');
    expect(readTerm('the run').only).toBe('noun');
    expect(readTerm('tower').only).toBeUndefined();
  });
});
