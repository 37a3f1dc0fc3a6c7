import { describe, expect, it } from '@jest/globals';
import { isUuid, openPageToken, PageTokenError, sealPageToken } from '../src/paging/index.ts';

describe('page tokens', () => {
  const key = Buffer.alloc(32, 1);
  const scope = ['list', 'tenant', 'filter'];
  const token = sealPageToken(key, scope, 'position');

  it('open to what they were sealed with', () => expect(openPageToken(key, scope, token)).toBe('position'));

  it.each([
    ['another key', Buffer.alloc(32, 2), scope],
    ['another tenant', key, ['list', 'other', 'filter']],
    ['scopes that join to the same text', key, ['list', 'tenantfilter', '']],
  ])('do not open to %s', (_, otherKey, otherScope) =>
    expect(() => openPageToken(otherKey, otherScope, token)).toThrow(PageTokenError),
  );

  it('do not open when any character differs', () => {
    for (let i = 0; i < token.length; i += 1) {
      const changed = token.slice(0, i) + (token[i] === 'x' ? 'y' : 'x') + token.slice(i + 1);
      expect(() => openPageToken(key, scope, changed)).toThrow(PageTokenError);
    }
  });

  it.each(['', 'x', '!!!!', token.slice(0, 10), `${token}A`, ` ${token}`, 'A'.repeat(500)])(
    'do not open as %j',
    (forged) => expect(() => openPageToken(key, scope, forged)).toThrow(PageTokenError),
  );
});

describe('ids', () => {
  it.each([
    ['00000000-0000-4000-8000-00000000000a', true],
    ['00000000-0000-4000-8000-00000000000A', false],
    ['000000000000400080000000000000000a', false],
    ['abc', false],
  ])('%s: %s', (id, expected) => expect(isUuid(id)).toBe(expected));
});
