import { describe, expect, it } from '@jest/globals';
import { toDuration } from '../src/grpc/mapping.ts';

describe('toDuration', () => {
  it.each([
    [0, 0n, 0],
    [1_500.25, 1n, 500_250_000],
    [1_999.999_999_9, 2n, 0],
  ])('%d ms', (ms, seconds, nanos) => {
    expect(toDuration(ms)).toEqual({ seconds, nanos });
  });
});
