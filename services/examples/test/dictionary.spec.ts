import { describe, expect, it } from '@jest/globals';
import { nearLemmas, WordnetDictionary } from '../src/dictionary/index.ts';
import { parseSynset } from '../src/dictionary/parse-synset.ts';
import { linesWith } from '../src/dictionary/sorted-lines.ts';
import { miniature } from './miniature.ts';

const file = (text: string): Buffer => Buffer.from(text, 'latin1');
const empty = { noun: file(''), verb: file(''), adjective: file(''), adverb: file('') };

const DATA =
  '00000000 03 n 01 entity 0 000 | that which is  \n' +
  '00000048 17 n 02 river 0 big_stream 0 002 @ 00000000 n 0000 ! 00000000 n 0201 | a large stream; "the river\'s edge"  \n';
const dictionary = new WordnetDictionary({
  index: { ...empty, noun: file('entity n 1 0 1 1 00000000  \nriver n 1 2 @ ! 1 1 00000048  \n') },
  data: { ...empty, noun: file(DATA) },
  senses: file('entity%1:03:00:: 00000000 1 11\nriver%1:17:00:: 00000048 1 36\nriverbed%1:17:00:: 00000048 1 9\n'),
});

describe('lines of a sorted file', () => {
  const lines = file('a one\nb one\nb two\nba one\nc one\n');
  it.each([
    ['a ', ['a one']],
    ['b ', ['b one', 'b two']],
    ['c ', ['c one']],
    ['b', ['b one', 'b two', 'ba one']],
    ['bb', []],
    ['0', []],
    ['d', []],
  ])('with %j', (prefix, found) => {
    expect(linesWith(lines, prefix)).toEqual(found);
  });
});

describe('the dictionary', () => {
  it('finds a word, whatever its case, and nothing for an unknown one', () => {
    expect(dictionary.lookup('River', 'noun')).toEqual(['n00000048']);
    expect(dictionary.lookup('riv', 'noun')).toEqual([]);
    expect(dictionary.lookup('river', 'verb')).toEqual([]);
    expect(dictionary.lookup('', 'noun')).toEqual([]);
  });

  it('reads a synset at its place', () => {
    expect(dictionary.synset('n00000048')).toEqual({
      id: 'n00000048',
      pos: 'noun',
      category: 'object',
      satellite: false,
      words: ['river', 'big stream'],
      pointers: [
        { symbol: '@', target: 'n00000000', from: 0, to: 0 },
        { symbol: '!', target: 'n00000000', from: 2, to: 1 },
      ],
      gloss: 'a large stream; "the river\'s edge"',
    });
  });

  it.each(['n00000007', 'n99999999', 'x00000048', 'n48', '', 'n0000004x'])('knows no synset %j', (id) => {
    expect(dictionary.synset(id)).toBeUndefined();
  });

  it('counts the tagged occurrences of the very word', () => {
    expect(dictionary.tagCount('river', 'n00000048')).toBe(36);
    expect(dictionary.tagCount('stream', 'n00000048')).toBe(0);
  });

  it('drops the syntactic marker of an adjective', () => {
    expect(parseSynset('00000001 00 s 01 afloat(p) 0 000 | floating', 'adjective')).toMatchObject({
      words: ['afloat'],
      satellite: true,
    });
  });
});

it('suggests known words one slip away, at most as many as asked', () => {
  expect(nearLemmas('rivver', miniature(), 3)).toEqual(['river']);
  expect(nearLemmas('rivvver', miniature(), 3)).toEqual([]);
  expect(nearLemmas('broock', miniature(), 3)).toEqual(['brook']);
  expect(nearLemmas('bak', miniature(), 0)).toEqual([]);
  expect(nearLemmas('x'.repeat(200), miniature(), 3)).toEqual([]);
});
