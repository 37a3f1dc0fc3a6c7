import { normalizeIP } from '@fastify/rate-limit';
import { isIP } from 'node:net';

/** Some proxies tell the port of the client as well: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
const WITH_PORT = /^(?:\[(?<v6>[^\]]+)\](?::\d+)?|(?<v4>[\d.]+):\d+)$/;
/** What has no address is one client. */
const NOWHERE = 'unknown';

/**
 * The client that an address is of: an IPv4 address, also where it is written as IPv6 (`::ffff:192.0.2.1`), or the /64 of
 * an IPv6 one, which is what one customer has at least. Never longer than an address.
 */
export function clientAddress(told: string | undefined): string {
  const { v4, v6 } = WITH_PORT.exec(told ?? '')?.groups ?? {};
  const address = v4 ?? v6 ?? told ?? '';
  return isIP(address) === 0 ? NOWHERE : normalizeIP(address, 64);
}

/**
 * Whose addresses in X-Forwarded-For are believed: those of the last so many proxies. Fastify believes a bare number of
 * nobody, since who reaches the gateway past the proxies could say anything; that they cannot is up to the network.
 */
export const trustedProxies = (hops: number): false | ((address: string, hop: number) => boolean) =>
  hops > 0 && ((_address, hop) => hop < hops);
