import { request as httpRequest, type Agent, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { addressRefused, guardSocket, type AddressRule } from './addresses.ts';
import { DownloadError } from './download-error.ts';

/** How one hop is made. */
export interface Way {
  readonly agentFor: (url: URL) => Agent;
  readonly lookup: LookupFunction;
  readonly isAllowed: AddressRule;
  readonly signal: AbortSignal;
  /** Of the `accept` header. */
  readonly contentTypes: readonly string[];
}

const MAX_REDIRECTS = 3;
const REDIRECTS = [301, 302, 303, 307, 308];

/** The answer that a URL leads to, over three redirects at most; each hop is checked like the first. Its body is not read. */
export async function answerOf(first: string, way: Way): Promise<{ url: URL; answer: IncomingMessage }> {
  let url = checkedUrl(first, way.isAllowed);
  for (let redirects = 0; ; redirects += 1) {
    const answer = await ask(url, way);
    const { location } = answer.headers;
    if (!REDIRECTS.includes(answer.statusCode ?? 0) || location === undefined) return { url, answer };
    answer.destroy();
    if (redirects === MAX_REDIRECTS) {
      throw new DownloadError('DOWNLOAD_TOO_MANY_REDIRECTS', `${url.host} redirects once more after ${MAX_REDIRECTS}`);
    }
    const next = checkedUrl(location, way.isAllowed, url);
    if (url.protocol === 'https:' && next.protocol === 'http:') throw urlRefused('it leads from https to http');
    url = next;
  }
}

const urlRefused = (why: string): DownloadError =>
  new DownloadError('DOWNLOAD_URL_REFUSED', `the URL of a download is refused: ${why}`);

/** Parsing brings every spelling of an IP address, decimal or octal, to the usual one. */
function checkedUrl(text: string, isAllowed: AddressRule, base?: URL): URL {
  const url = URL.parse(text, base);
  if (!url) throw urlRefused('it is not one');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw urlRefused(`${url.protocol} is not http or https`);
  if (url.username || url.password) throw urlRefused('it carries a user or a password');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // No lookup is made for an address, so that only this sees it before a connection is tried.
  if (ipaddr.isValid(host) && !isAllowed(host)) throw addressRefused(host);
  return url;
}

function ask(url: URL, { agentFor, lookup, isAllowed, signal, contentTypes }: Way): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = { accept: contentTypes.join(', '), 'accept-encoding': 'identity', 'user-agent': 'exempla' };
  return new Promise((resolve, reject) => {
    const request = send(url, { agent: agentFor(url), lookup, signal, headers });
    request.once('socket', (socket) => {
      guardSocket(socket, isAllowed, () => request.destroy(addressRefused(url.hostname)));
    });
    request.once('response', resolve);
    // Stays: what happens after the answer began is told by its body as well.
    request.on('error', (error) => {
      if (error instanceof DownloadError) return reject(error);
      reject(new DownloadError('DOWNLOAD_FAILED', `no answer from ${url.host}`, { cause: error }));
    });
    request.end();
  });
}
