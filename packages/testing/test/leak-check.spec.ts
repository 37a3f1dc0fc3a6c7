import { describe, expect, it } from '@jest/globals';
import { grownSince, nothingMore } from '../src/index.ts';

const before = { sockets: 5, resources: { Timeout: 4, PipeWrap: 3 } };

describe('what is held', () => {
  it.each([
    ['as much as before', before, {}],
    ['less than before', { sockets: 5, resources: { Timeout: 1 } }, {}],
    ['one socket more', { ...before, sockets: 6 }, { sockets: [5, 6] }],
    ['one timer more', { ...before, resources: { Timeout: 5 } }, { 'resources.Timeout': [4, 5] }],
    ['a new kind', { ...before, resources: { Worker: 1 } }, { 'resources.Worker': [0, 1] }],
  ])('%s', (_, now, grown) => {
    expect(grownSince(before, now)).toEqual(grown);
  });

  it('is waited for while it still goes away', async () => {
    let sockets = 10;
    await nothingMore(async () => ({ sockets: (sockets -= 1) }), before);
    expect(sockets).toBe(5);
  });

  it('is told by name when it stays', async () => {
    await expect(nothingMore(async () => ({ sockets: 6 }), before, 20)).rejects.toThrow(
      'held after 20 ms and not before: {"sockets":[5,6]}',
    );
  });
});
