import { describe, expect, it } from '@jest/globals';
import { withLengths } from '../src/rest/wav-lengths.ts';

const SIZE = 44 + 1_000;

function header(riff: number, data: number): Buffer {
  const bytes = Buffer.alloc(64, 1);
  bytes.writeUInt32LE(riff, 4);
  bytes.writeUInt32LE(data, 40);
  return bytes;
}
const lengths = (bytes: Uint8Array): number[] => [4, 40].map((at) => Buffer.from(bytes).readUInt32LE(at));

describe('withLengths', () => {
  it('fills in what a streamed header leaves open', () => {
    const streamed = header(0xffffffff, 0xffffffff);
    expect(lengths(withLengths(streamed, 0, SIZE))).toEqual([SIZE - 8, 1_000]);
    expect(lengths(streamed)).toEqual([0xffffffff, 0xffffffff]);
  });

  it('leaves a header alone that knows its lengths', () => {
    expect(lengths(withLengths(header(7, 8), 0, SIZE))).toEqual([7, 8]);
  });

  it('fills in the length of a range that holds it, wherever the range begins', () => {
    const range = header(0xffffffff, 0xffffffff).subarray(36, 60);
    expect(Buffer.from(withLengths(range, 36, SIZE)).readUInt32LE(4)).toBe(1_000);
  });

  it.each([
    ['behind the header', 44],
    ['far behind it', 40_000],
  ])('hands on as they are bytes %s', (_, offset) => {
    const bytes = Buffer.alloc(64, 0xff);
    expect(withLengths(bytes, offset, SIZE)).toBe(bytes);
  });
});
