import { describe, expect, it } from '@jest/globals';
import { byteRange } from '../src/http/byte-range.ts';

describe('a range of ten bytes', () => {
  it.each([
    ['bytes=0-0', { first: 0, last: 0 }],
    ['bytes=2-5', { first: 2, last: 5 }],
    ['bytes=9-', { first: 9, last: 9 }],
    ['bytes=5-99', { first: 5, last: 9 }],
    ['bytes=-3', { first: 7, last: 9 }],
    ['bytes=-99', { first: 0, last: 9 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=10-12', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', undefined],
    ['bytes=-', undefined],
    ['bytes=0-1,3-4', undefined],
    ['bytes=a-b', undefined],
    ['items=0-1', undefined],
    [`bytes=${'9'.repeat(16)}-`, undefined],
    [undefined, undefined],
  ])('%s', (header, range) => expect(byteRange(header, 10)).toEqual(range));

  it('of no bytes there is none', () => {
    expect(byteRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(byteRange('bytes=-1', 0)).toBe('unsatisfiable');
    expect(byteRange(undefined, 0)).toBeUndefined();
  });
});
