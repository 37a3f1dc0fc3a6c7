import { describe, expect, it } from '@jest/globals';
import { callerCancelled } from '@exempla/rpc';
import { textsReadTooSlowly } from '@exempla/testing';
import { distinct, exactly, listItems, TextError } from '../src/index.ts';
import { answerOf, schemaCheck } from '../src/schema.ts';

describe('items of a list that a model wrote', () => {
  it.each([
    ['bullets', '- quick\n* fast\n• swift\n– rapid', ['quick', 'fast', 'swift', 'rapid']],
    ['numbers', '1. quick\n2) fast\n(3) swift\n10: rapid', ['quick', 'fast', 'swift', 'rapid']],
    ['letters', 'a) quick\nb. fast', ['quick', 'fast']],
    ['check boxes', '- [ ] quick\n- [x] fast', ['quick', 'fast']],
    ['bullets inside bullets', '- 1. quick\n- 2. fast', ['quick', 'fast']],
    [
      'quotes',
      '"quick"\n“fast”\n„rap”\n„snel“\n«vite»\n\'swift\'\n`rapid`',
      ['quick', 'fast', 'rap', 'snel', 'vite', 'swift', 'rapid'],
    ],
    ['emphasis', '**quick**\n- *fast*\n1. __swift__', ['fast', 'swift']],
    ['headings', '# Synonyms\n\n## For you\nquick', ['quick']],
    ['announcements', 'Sure! Here are two words:\n\nquick\nfast', ['quick', 'fast']],
    ['rules and fences', '```text\nquick\n---\nfast\n```', ['quick', 'fast']],
    ['line ends of every kind', 'quick\r\nfast\rswift\u2028rapid', ['quick', 'fast', 'swift', 'rapid']],
    ['repetitions', 'Quick\nquick.\nFast', ['Quick', 'Fast']],
    ['what is too short', 'quick\nx\n-\n1.', ['quick']],
    ['nothing', '', []],
  ])('%s', (_, text, items) => {
    expect(listItems(text)).toEqual(items);
  });

  it('leaves alone what only looks like it', () => {
    const items = [
      '3.5 million people live there.',
      '"Yes", she said, and "no".',
      "'s Morgens regent het.",
      'A well-known river - the Rhine - floods.',
      'I. Kant wrote it.',
    ];
    expect(listItems(items.join('\n'))).toEqual(items);
  });

  it('splits at commas where single words are wanted, behind their name too', () => {
    expect(listItems('Synonyms: quick, fast; swift、rapid', { commas: true })).toEqual([
      'quick',
      'fast',
      'swift',
      'rapid',
    ]);
    expect(listItems('quick, fast', {})).toEqual(['quick, fast']);
  });

  it('reads a long answer in a time that grows with its length only', () => {
    const evil = [
      '-'.repeat(50_000),
      '1.'.repeat(25_000),
      ' '.repeat(50_000),
      '**'.repeat(25_000),
      `${'- '.repeat(25_000)}x`,
    ];
    expect(evil.flatMap((text) => listItems(text)).length).toBeLessThanOrEqual(evil.length);
  });
});

describe('an exact count', () => {
  const none = (): Promise<string[]> => Promise.reject(new Error('not to be asked'));

  it('cuts what is too much and asks nobody', async () => {
    expect(await exactly(2, ['a', 'b', 'c'], none)).toEqual({ items: ['a', 'b'], status: 'OK' });
  });

  it('asks once more for what is missing, and says what is still short', async () => {
    const asked: unknown[] = [];
    const more = (missing: number, have: readonly string[]): Promise<string[]> => {
      asked.push([missing, have]);
      return Promise.resolve(['A.', 'b']);
    };
    expect(await exactly(3, ['a', 'a'], more)).toEqual({ items: ['a', 'b'], status: 'SHORT' });
    expect(asked).toEqual([[2, ['a']]]);
    expect(await exactly(3, [], () => Promise.resolve([]))).toEqual({ items: [], status: 'EMPTY' });
  });

  it('keeps what there was when no model answers, and ends with the call', async () => {
    const failed = new TextError('TEXT_TIMEOUT', 'too slow');
    expect(await exactly(2, ['a'], () => Promise.reject(failed))).toEqual({ items: ['a'], status: 'SHORT' });
    const gone = callerCancelled();
    await expect(exactly(2, ['a'], () => Promise.reject(gone))).rejects.toBe(gone);
  });

  it('tells items apart whatever their case', () => {
    expect(distinct(['Fox', 'fox', 'FOX.', 'owl'])).toEqual(['Fox', 'owl']);
  });
});

describe('what a model wrote to do harm', () => {
  const anything = schemaCheck({});

  it.each([
    ['as a list', (text: string) => listItems(text, { commas: true })],
    ['as an object', (text: string) => answerOf(text, anything)],
  ])('is read %s in a time that grows with its length only', (_, read) => {
    expect(textsReadTooSlowly(read)).toEqual([]);
  });

  it.each(['{"a":1}', ' ```json\n{"a":1}\n``` ', '```\r\n{"a":1}```', '```JSON \n\n{"a":"```"}\n```\n'])(
    'is an object, with or without a fence: %j',
    (text) => expect(answerOf(text, anything)).toHaveProperty('a'),
  );
});
