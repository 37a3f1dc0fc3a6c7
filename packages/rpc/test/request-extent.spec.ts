import { create, toBinary } from '@bufbuild/protobuf';
import { SourceCodeInfo_LocationSchema } from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from '@jest/globals';
import { RequestExtent } from '../src/request-extent.ts';

const MAX = 2_000;
/** A message with packed numbers, a byte each. */
const location = (numbers: number): Uint8Array =>
  toBinary(SourceCodeInfo_LocationSchema, create(SourceCodeInfo_LocationSchema, { path: Array(numbers).fill(1) }));
const holds = (numbers: number, hasRules: boolean): boolean =>
  new RequestExtent(MAX, () => hasRules).holds(SourceCodeInfo_LocationSchema, location(numbers));

describe('the extent of a request', () => {
  it('counts each number that a rule looks at', () => {
    expect(holds(MAX - 100, true)).toBe(true);
    expect(holds(MAX + 1, true)).toBe(false);
  });

  it('counts sixteen numbers that no rule looks at as one: a vector is no attack', () => {
    expect(holds(15 * MAX, false)).toBe(true);
    expect(holds(17 * MAX, false)).toBe(false);
  });

  it('is not looked at in a request that is small', () => {
    expect(new RequestExtent(1, () => true).holds(SourceCodeInfo_LocationSchema, location(500))).toBe(true);
  });
});
