import { describe, expect, it } from '@jest/globals';
import { clientAddress, trustedProxies } from '../src/http/client-address.ts';

describe('the client of an address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    // A server that listens on :: sees IPv4 so; in a /64 all of them would be one.
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:201', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
    ['2001:DB8:1:2::', '2001:db8:1:2::'],
    ['2001:db8:1:3::1', '2001:db8:1:3::'],
    ['fe80::1%eth0', 'fe80::'],
    ['192.0.2.1:4711', '192.0.2.1'],
    ['[2001:db8:1:2::9]:4711', '2001:db8:1:2::'],
    ['[2001:db8:1:2::9]', '2001:db8:1:2::'],
  ])('%s is of %s', (address, client) => {
    expect(clientAddress(address)).toBe(client);
  });

  it.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['a name', 'unknown'],
    ['what is no address', '999.1.2.3'],
    ['more than is kept', '1'.repeat(16_000)],
    ['a zone of its own', `fe80::1%${'x'.repeat(16_000)}`],
  ])('%s is never a key as long as somebody likes', (_, told) => {
    expect(clientAddress(told).length).toBeLessThan(16);
  });

  it('no proxy is believed by default, and then so many as are told', () => {
    expect(trustedProxies(0)).toBe(false);
    const two = trustedProxies(2) as (address: string, hop: number) => boolean;
    expect([0, 1, 2].map((hop) => two('10.0.0.1', hop))).toEqual([true, true, false]);
  });
});
