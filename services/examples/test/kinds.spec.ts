import { describe, expect, it } from '@jest/globals';
import type { ExampleKind } from '../src/examples/index.ts';
import { Lexicon } from '../src/lexicon/index.ts';
import { miniature } from './miniature.ts';
import { defineRequest } from './requests.ts';

const lexicon = new Lexicon(miniature());
const make = (kind: ExampleKind, term: string, wanted = 5) =>
  lexicon.generate(kind, { ...defineRequest(term), definition: '', wanted });
const texts = (kind: ExampleKind, term: string, wanted = 5): string[] =>
  make(kind, term, wanted).items.map(({ text }) => text);

describe('SENTENCE', () => {
  it('gives the quotations that use the term, as sentences', () => {
    expect(make('SENTENCE', 'river').items).toEqual([
      {
        text: 'The river was navigable for 50 miles.',
        relation: 'SELF',
        source: 'wordnet:n00000002',
        reason: 'Uses “river” in this sense.',
      },
    ]);
    expect(texts('SENTENCE', 'ran', 1)).toHaveLength(1);
  });

  it('has those of a synonym, labelled, only where there is none of the term', () => {
    expect(texts('SENTENCE', 'fleet')).toEqual(['One speaks of “fleet of foot”.']);
    expect(make('SENTENCE', 'leg it').items.map(({ relation }) => relation)).toEqual(['SYNONYM', 'SYNONYM']);
  });

  it('makes nothing up', () => {
    expect(make('SENTENCE', 'brook')).toEqual({ items: [], counted: 0 });
  });
});

describe('PRACTICAL', () => {
  it('gives kinds and instances in the words of their own gloss', () => {
    expect(texts('PRACTICAL', 'river')).toEqual([
      "The Nile River is an example: the world's longest river.",
      'A tidal river is one kind: a river in which the effects of tides are felt.',
    ]);
    expect(make('PRACTICAL', 'river').items[0]).toMatchObject({ relation: 'NARROWER', source: 'wordnet:n00000005' });
  });

  it('says of a verb that it is one way to do it', () => {
    expect(texts('PRACTICAL', 'run')).toEqual([
      'To sprint is one way to do it: to run very fast, usually for a short distance.',
    ]);
  });
});

describe('COUNTER', () => {
  it('gives siblings with the reason from their own gloss', () => {
    expect(make('COUNTER', 'rivers').items).toEqual([
      {
        text: 'A brook is not a river: it is a natural stream of water smaller than a river.',
        relation: 'SIBLING',
        source: 'wordnet:n00000003',
        reason: 'Both fall under “stream”, side by side.',
      },
    ]);
  });

  it('says of verbs and adjectives what sets them apart', () => {
    expect(texts('COUNTER', 'run')).toEqual(["To walk is not the same as to run: it is to use one's feet to advance."]);
    expect(texts('COUNTER', 'fleet')).toEqual([
      '“Windy” is not the same as “fleet”: it means “resembling the wind in speed”.',
    ]);
  });
});

describe('SYNONYM', () => {
  it('counts true synonyms only; broader terms come along, labelled', () => {
    const { items, counted } = make('SYNONYM', 'brook');
    expect(items.map(({ text, relation }) => [text, relation])).toEqual([
      ['creek', 'SYNONYM'],
      ['stream', 'BROADER'],
    ]);
    expect(counted).toBe(1);
    expect(items[1]?.reason).toBe('A broader term: a brook is a kind of stream.');
  });

  it('has no extras when there are as many as wanted', () => {
    expect(make('SYNONYM', 'brook', 1).items).toHaveLength(1);
  });
});

describe('ANTONYM', () => {
  it('is direct, or through the head an adjective leans on; never the word itself', () => {
    expect(make('ANTONYM', 'fast').items[0]).toMatchObject({ text: 'slow', relation: 'ANTONYM' });
    expect(make('ANTONYM', 'fleet').items[0]).toMatchObject({ text: 'slow', relation: 'INDIRECT_ANTONYM' });
    expect(texts('ANTONYM', 'slow')).toEqual(['fast', 'fleet', 'windy']);
  });

  it('is empty where there is none', () => {
    expect(make('ANTONYM', 'river')).toEqual({ items: [], counted: 0 });
  });
});

describe('EXPLANATION', () => {
  it('says what it is, how it differs, and what falls under it', () => {
    expect(texts('EXPLANATION', 'river')).toEqual([
      'A river is a large natural stream of water, larger than a creek. It differs from a brook, which is a natural stream of ' +
        'water smaller than a river. One kind of it is a tidal river. One of its parts is an estuary.',
    ]);
  });

  it.each(['run', 'fast', 'fleet', 'good', 'mouse', 'estuary', 'bank'])('has two sentences or more for %s', (term) => {
    const [text = ''] = texts('EXPLANATION', term);
    expect(text.match(/\.(?= [A-Z“]|$)/g)?.length).toBeGreaterThanOrEqual(2);
    expect(text).not.toMatch(/undefined|\s{2}|,\./);
  });
});

describe('the definition', () => {
  const define = (term: string, rest = {}): string => lexicon.define(defineRequest(term, rest)).text;

  it.each([
    ['river', 'a large natural stream of water, larger than a creek'],
    ['mouse', 'one of several small rodents typically resembling diminutive rats'],
    ['run', "to move fast by using one's feet"],
    ['fast', 'acting or moving quickly'],
    ['bank', 'sloping land, especially the slope beside a body of water'],
  ])('of %s begins with its genus', (term, text) => {
    expect(define(term)).toBe(text);
  });

  it('never uses the word itself', () => {
    for (const term of ['river', 'brook', 'run', 'fleet', 'estuary']) {
      expect(define(term)).not.toMatch(new RegExp(`\\b${term}\\b`));
    }
  });

  it('is said otherwise when it was refused', () => {
    expect(define('river', { improveText: define('river') })).toBe('a large natural stream of water');
    expect(define('fast', { improveText: define('fast') })).toBe('acting quickly');
  });
});
