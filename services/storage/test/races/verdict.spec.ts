import { describe, expect, it } from '@jest/globals';
import { Ledger } from './ledger.ts';
import { faultsOfStore, type TrueEvent } from './truth.ts';
import { compare, faultsOf } from './verdict.ts';

const words = (expected: string, seen: string): string[] => faultsOf('it', compare(expected.split(''), seen.split('')));

describe('what a reader has seen', () => {
  it('is right when it is the same', () => {
    expect(words('abcd', 'abcd')).toEqual([]);
    expect(words('', '')).toEqual([]);
  });

  it.each([
    ['abd', ['it missed 1 of 4']],
    ['abccd', ['it saw 1 twice']],
    ['abcxd', ['it saw 1 that are not there']],
    ['acbd', ['it saw 1 of 4 out of order']],
    ['dcba', ['it saw 3 of 4 out of order']],
    ['', ['it missed 4 of 4']],
    ['bbx', ['it missed 3 of 4', 'it saw 1 twice', 'it saw 1 that are not there']],
  ])('is wrong when it is %p', (seen, faults) => {
    expect(words('abcd', seen)).toEqual(faults);
  });
});

describe('what the database has', () => {
  const event = (id: string, revision: number): TrueEvent => ({
    id,
    revision,
    tenant: 't',
    stream: 's',
    type: 'x',
    position: BigInt(revision),
  });
  const ledger = (acknowledged: string[], refused: string[]): Ledger => {
    const made = new Ledger();
    made.acknowledge(acknowledged);
    made.refuse(refused);
    return made;
  };

  it('is right with all that was acknowledged, and what nobody was told of', () => {
    expect(faultsOfStore([event('a', 1), event('b', 2)], ledger(['a'], ['c']))).toEqual([]);
  });

  it('is wrong without what was acknowledged, with what was refused, with doubles and gaps', () => {
    expect(faultsOfStore([event('a', 1), event('a', 2), event('c', 4)], ledger(['a', 'b'], ['c']))).toEqual([
      '1 acknowledged events are not there',
      '1 events are there that were refused or rolled back',
      '1 events are there twice',
      '1 revisions do not follow the one before',
    ]);
  });
});
