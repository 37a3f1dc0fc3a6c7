import { describe, expect, it } from '@jest/globals';
import { CHUNK_BYTES, chunksOf, joinChunks, status } from '../src/index.ts';

const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i % 251);

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Pieces of the lengths given, and what has been taken and closed of them. */
function source(...lengths: number[]) {
  const seen = { taken: 0, left: false };
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for (const length of lengths) {
        seen.taken += 1;
        yield bytes(length);
      }
    } finally {
      seen.left = true;
    }
  };
  return { seen, pieces: pieces() };
}

describe('chunksOf', () => {
  it('cuts at 64 KiB unless told otherwise, and the parts make the whole', async () => {
    const whole = bytes(3 * CHUNK_BYTES + 1);
    const chunks = await collect(chunksOf(whole));
    expect(chunks.map((chunk) => chunk.length)).toEqual([CHUNK_BYTES, CHUNK_BYTES, CHUNK_BYTES, 1]);
    expect(Buffer.compare(Buffer.concat(chunks), whole)).toBe(0);
  });

  it.each([
    [[10], [4, 4, 2]],
    [[8], [4, 4]],
    [
      [3, 0, 3],
      [3, 3],
    ],
    [[0], []],
    [[], []],
  ])('pieces of %j in chunks of 4 bytes: %j', async (lengths, expected) => {
    const chunks = await collect(chunksOf(source(...lengths).pieces, 4));
    expect(chunks.map((chunk) => chunk.length)).toEqual(expected);
  });

  it('copies nothing', async () => {
    const whole = bytes(100).subarray(10, 90);
    const chunks = await collect(chunksOf(whole, 30));
    expect(chunks.every((chunk) => chunk.buffer === whole.buffer)).toBe(true);
    expect(Buffer.compare(Buffer.concat(chunks), whole)).toBe(0);
  });

  it('reads no piece before it is asked for, and leaves its source when it is left', async () => {
    const { seen, pieces } = source(8, 8, 8);
    const chunks = chunksOf(pieces, 4);
    expect(seen.taken).toBe(0);
    await chunks.next();
    await chunks.next();
    expect(seen).toEqual({ taken: 1, left: false });
    await chunks.return();
    expect(seen).toEqual({ taken: 1, left: true });
  });

  it.each([0, -1, NaN])('refuses chunks of %d bytes, which would never end', async (maxBytes) => {
    await expect(collect(chunksOf(bytes(1), maxBytes))).rejects.toThrow(RangeError);
  });
});

describe('joinChunks', () => {
  it('gives all bytes in one piece, up to the limit', async () => {
    const whole = bytes(1_000);
    expect(Buffer.compare(await joinChunks(chunksOf(whole, 64), 1_000), whole)).toBe(0);
    expect(await joinChunks([], 0)).toHaveLength(0);
  });

  it('refuses more, holds no more and leaves its source', async () => {
    const { seen, pieces } = source(400, 400, 400, 400);
    await expect(joinChunks(pieces, 1_000)).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
      reason: 'TOO_MANY_BYTES',
      metadata: { max_bytes: '1000' },
    });
    expect(seen).toEqual({ taken: 3, left: true });
  });
});
