import { describe, expect, it } from '@jest/globals';
import { isPublicAddress } from '../../src/download/addresses.ts';

describe('an address that a download may connect to', () => {
  it.each(['8.8.8.8', '93.184.216.34', '2606:4700:4700::1111', '::ffff:8.8.8.8'])('%s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('an address that no download connects to', () => {
  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.0.9'],
    ['loopback', '::1'],
    ['loopback inside of IPv6', '::ffff:127.0.0.1'],
    ['loopback inside of IPv6, as a URL spells it', '::ffff:7f00:1'],
    ['loopback inside of IPv6, the old way', '::127.0.0.1'],
    ['unspecified', '0.0.0.0'],
    ['unspecified', '::'],
    ['this network', '0.1.2.3'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '192.168.1.1'],
    ['private inside of IPv6', '::ffff:10.0.0.1'],
    ['carrier-grade NAT, and Alibaba Cloud metadata', '100.100.100.200'],
    ['link-local, and metadata of most clouds', '169.254.169.254'],
    ['metadata of Azure', '168.63.129.16'],
    ['metadata of Azure inside of IPv6', '::ffff:168.63.129.16'],
    ['metadata of Oracle Cloud', '192.0.0.192'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['unique local, and metadata of AWS', 'fd00:ec2::254'],
    ['multicast', '224.0.0.1'],
    ['multicast', 'ff02::1'],
    ['broadcast', '255.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['benchmarks', '198.18.0.1'],
    ['documentation', '2001:db8::1'],
    ['translated by NAT64', '64:ff9b::7f00:1'],
    ['tunnelled by 6to4', '2002:7f00:1::'],
    ['tunnelled by Teredo', '2001:0:7f00:1::1'],
    ['not given out', '4000::1'],
    ['no address', 'example.com'],
    ['no address', ''],
  ])('%s: %s', (_, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
