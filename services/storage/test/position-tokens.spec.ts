import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { PositionTokens } from '../src/events/index.ts';

const secret = randomBytes(32);
const tokens = new PositionTokens(secret);
const POSITIONS = [0n, 1n, 2n, 255n, 2n ** 32n, 2n ** 63n - 1n];

describe('position tokens', () => {
  it('open to the position they were made of, in every replica, and are the same each time', () => {
    const sealed = tokens.seal('t', POSITIONS);
    const replica = new PositionTokens(secret);
    expect(sealed.map((token) => replica.open('t', token))).toEqual(POSITIONS);
    expect(replica.seal('t', POSITIONS)).toEqual(sealed);
    expect(sealed.every((token) => /^[A-Za-z0-9_-]{22}$/.test(token))).toBe(true);
  });

  it('of one tenant are no tokens of another, nor of another secret', () => {
    const sealed = tokens.seal('t', POSITIONS);
    for (const token of sealed) {
      expect(tokens.open('u', token)).toBeUndefined();
      expect(new PositionTokens(randomBytes(32)).open('t', token)).toBeUndefined();
    }
    expect(tokens.seal('u', POSITIONS)).not.toEqual(sealed);
  });

  it('cannot be made up or written in another way', () => {
    const [token = ''] = tokens.seal('t', [7n]);
    for (const other of [
      '',
      'x',
      token.slice(1),
      `${token}A`,
      token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    ]) {
      expect(tokens.open('t', other)).toBeUndefined();
    }
    const made = Array.from({ length: 10_000 }, () => randomBytes(16).toString('base64url'));
    expect(made.filter((guess) => tokens.open('t', guess) !== undefined)).toEqual([]);
  });

  it('tell nothing of the order or the distance of two positions', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => BigInt(i));
    const sealed = tokens.seal('t', many);
    expect(new Set(sealed).size).toBe(many.length);
    // Of neighbours about half the bits differ, and about half of them go up.
    const ascending = sealed.filter((token, i) => i > 0 && token > (sealed[i - 1] ?? '')).length;
    expect(Math.abs(ascending - 500)).toBeLessThan(100);
  });
});
