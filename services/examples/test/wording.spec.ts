import { describe, expect, it } from '@jest/globals';
import type { NounSense } from '../src/wording/index.ts';
import {
  asSentence,
  categoryOfWords,
  headOf,
  indefiniteArticle,
  inSentence,
  isMass,
  isPlural,
  listed,
  readGloss,
  tidy,
  withDeterminer,
  withoutParentheses,
} from '../src/wording/index.ts';

describe('a or an', () => {
  it.each([
    ['a', 'river'],
    ['an', 'estuary'],
    ['an', 'hour'],
    ['an', 'heirloom'],
    ['a', 'house'],
    ['a', 'unit'],
    ['a', 'university'],
    ['an', 'uninvited guest'],
    ['an', 'umbrella'],
    ['a', 'use'],
    ['a', 'European'],
    ['a', 'one-way street'],
    ['a', 'ewe'],
    ['an', 'X-ray'],
    ['an', 'FBI agent'],
    ['a', 'UFO'],
    ['an', 'Irish stew'],
    ['an', '8-ball'],
    ['an', 'ångström'],
  ])('%s %s', (article, word) => {
    expect(indefiniteArticle(word)).toBe(article);
  });
});

describe('a gloss', () => {
  it('is parted into label, definition, remarks and quotations', () => {
    expect(
      readGloss('(law) a binding agreement (between parties); used in trade; "he signed it"; "the deed"- Henry James'),
    ).toEqual({
      labels: ['law'],
      saidOf: '',
      segments: ['a binding agreement (between parties)', 'used in trade'],
      quotations: [
        { text: 'he signed it', by: '' },
        { text: 'the deed', by: 'Henry James' },
      ],
    });
  });

  it('says what it is said of, and drops notes on grammar', () => {
    expect(readGloss('(of persons) highest in rank').saidOf).toBe('persons');
    expect(readGloss('used of locations; having beautiful scenery; "scenic drives"')).toMatchObject({
      saidOf: 'locations',
      segments: ['having beautiful scenery'],
    });
    expect(readGloss('used of nail size; "a tenpenny nail"').segments).toEqual(['used of nail size']);
    expect(readGloss("(usually followed by `to') having the means").labels).toEqual([]);
  });

  it('survives a semicolon in parentheses or in a quotation, a quotation that never ends and a forgotten semicolon', () => {
    expect(readGloss('a tree (oak; ash); "we came; we saw"').segments).toEqual(['a tree (oak; ash)']);
    expect(readGloss('a tree; "it grows').quotations).toEqual([{ text: 'it grows', by: '' }]);
    expect(readGloss('consisting of water "the waters of the lake"')).toMatchObject({
      segments: ['consisting of water'],
      quotations: [{ text: 'the waters of the lake' }],
    });
  });

  it('is spelled out', () => {
    expect(tidy("metals, e.g. iron -- the `hard' kind etc.")).toBe(
      'metals, for example iron, the “hard” kind and so on',
    );
    expect(withoutParentheses('a base (in RNA (not DNA)) that pairs (x) , always (never closed')).toBe(
      'a base that pairs, always',
    );
  });
});

describe('nouns', () => {
  const facts = (word: string, category: string, definition: string) => ({
    word,
    category,
    definition,
    ancestors: new Set<string>(),
  });
  it.each([
    ['milk', 'food', 'a white nutritious liquid', true],
    ['gold', 'substance', 'a soft yellow element', true],
    ['honesty', 'attribute', 'the quality of being honest', true],
    ['imperialism', 'communication', 'a policy of extending your rule', true],
    ['river', 'object', 'a large stream', false],
    ['city', 'location', 'a large urban area', false],
    ['space', 'location', 'an area reserved for some purpose', false],
    ['baseball', 'artifact', 'a ball used in playing baseball', false],
    ['youth', 'person', 'a young person', false],
  ])('%s (%s) without an article: %s, %s', (word, category, definition, mass) => {
    expect(isMass(facts(word, category, definition))).toBe(mass);
  });

  it.each([
    ['trousers', 'a garment', true],
    ['lodgings', 'temporary living quarters', true],
    ['works', 'a factory', false],
    ['scissors', 'edge tool with two blades', true],
    ['news', 'information', false],
    ['police', 'the force', true],
    ['glass', 'container', false],
  ])('%s, "%s", is plural: %s', (word, definition, plural) => {
    expect(isPlural(word, definition)).toBe(plural);
  });

  const nouns: NounSense = {
    isNoun: (word) => /^(?:amphibian|frog|trees|trees|wood|destruction|wanton|prelate|medium|butterflies)$/.test(word),
    isPluralNoun: (word) => /^(?:trees|butterflies)$/.test(word),
    isMassNoun: (word) => /^(?:wood|destruction)$/.test(word),
    isAdjective: (word) => /^(?:wanton|malicious|medium|large)$/.test(word),
  };
  it.each([
    ['tailless amphibian similar to a frog', 'a tailless amphibian similar to a frog'],
    ['an amphibian', 'an amphibian'],
    ['evergreen trees having berries', 'evergreen trees having berries'],
    ['fine-grained wood of a tree', 'fine-grained wood of a tree'],
    ['wanton and malicious destruction of property', 'wanton and malicious destruction of property'],
    ['English prelate noted for his sermons', 'an English prelate noted for his sermons'],
    ['in vitro', 'in vitro'],
    ['someone who sings', 'someone who sings'],
  ])('%s → %s', (phrase, determined) => {
    expect(withDeterminer(phrase, nouns)).toBe(determined);
  });

  it('the head comes after all its adjectives', () => {
    expect(headOf('medium to large butterflies found worldwide', nouns)).toBe('butterflies');
  });
});

it('makes sentences and lists', () => {
  expect(asSentence('  the river rose; ')).toBe('The river rose.');
  expect(asSentence("don't run!")).toBe("Don't run!");
  expect(asSentence('“quick” means “fast”')).toBe('“Quick” means “fast”.');
  expect(listed(['a'])).toBe('a');
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
});

it.each([
  ['noun', 'act', 'nouns for acts'],
  ['noun', 'possession', 'nouns for possessions'],
  ['verb', 'motion', 'verbs of motion'],
  ['verb', 'stative', 'verbs of being and having'],
])('%ss of %s are called %s', (pos, category, text) => {
  expect(categoryOfWords(pos, category)).toBe(text);
});

it.each([
  ['adjective', 'aboveground', 'aboveground nuclear testing', 'One speaks of “aboveground nuclear testing”.'],
  ['adjective', 'murky', 'murky waters', 'One speaks of “murky waters”.'],
  ['adjective', 'uncluttered', 'an uncluttered room', 'One speaks of “an uncluttered room”.'],
  ['adjective', 'vowellike', 'the vowellike nature of “r”', 'One speaks of “the vowellike nature of ‘r’”.'],
  ['noun', 'luck', 'the luck of the Irish', 'One speaks of “the luck of the Irish”.'],
  ['noun', 'pipe', 'the pipes rusted', 'The pipes rusted.'],
  ['noun', 'audience', 'the audience applauded', 'The audience applauded.'],
  ['noun', 'child', 'she writes books for children', 'She writes books for children.'],
  ['noun', 'cool', "keep one's cool", "Keep one's cool."],
  ['verb', 'grant', 'grant permission', 'Grant permission.'],
  ['adjective', 'open', 'is it open?', 'Is it open?'],
])('a quotation of the %s %s, “%s”, reads %s', (pos, word, text, sentence) => {
  expect(inSentence(text, { word, pos })).toBe(sentence);
});
