import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction, Socket } from 'node:net';
import ipaddr from 'ipaddr.js';
import { DownloadError } from './download-error.ts';

/** Addresses inside of clouds that look like public ones: Azure's metadata and DNS. */
const CLOUD_INTERNAL = ['168.63.129.16'];

/** What is in use of IPv6 for the public; everything else is reserved, private or another network's way in. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an IP address belongs to the public Internet. An IPv4 address inside of an IPv6 one is judged as itself. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast' || CLOUD_INTERNAL.includes(parsed.toString())) return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
}

/** Says of an IP address whether it may be connected to. */
export type AddressRule = (address: string) => boolean;

export const addressRefused = (host: string): Error =>
  new DownloadError('DOWNLOAD_ADDRESS_REFUSED', `${host} is not at a public address`, { metadata: { host } });

/** Resolves names to allowed addresses only: what is checked is what is connected to, so that a name cannot change between. */
export function guardedLookup(isAllowed: AddressRule, resolve: LookupFunction = systemLookup): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '');
      const allowed = (found as LookupAddress[]).filter(({ address }) => isAllowed(address));
      const [first] = allowed;
      if (!first) return callback(addressRefused(host), '');
      if (options.all) return callback(null, allowed);
      callback(null, first.address, first.family);
    });
  };
}

/**
 * Calls `refuse` when the socket of a request leads to an address that is not allowed, before a byte of the request is sent. It
 * sees what no lookup does: sockets that an agent kept open, and agents that resolve by themselves or go through a proxy.
 */
export function guardSocket(socket: Socket, isAllowed: AddressRule, refuse: () => void): void {
  const check = (): void => {
    if (!socket.remoteAddress || !isAllowed(socket.remoteAddress)) refuse();
  };
  if (socket.connecting) socket.prependOnceListener('connect', check);
  else check();
}
