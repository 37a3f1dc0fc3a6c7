import { createHmac, timingSafeEqual } from 'node:crypto';
import { PageTokenError } from './page-token-error.ts';

const MAC_BYTES = 16;

/** What a token is good for: the list, the tenant and the filter. Not inside the token, but signed with it. */
export type TokenScope = readonly string[];

function macOf(key: Uint8Array, scope: TokenScope, position: Buffer): Buffer {
  const mac = createHmac('sha256', key).update(JSON.stringify(scope)).update('\n').update(position).digest();
  return mac.subarray(0, MAC_BYTES);
}

export function sealPageToken(key: Uint8Array, scope: TokenScope, position: string): string {
  const bytes = Buffer.from(position, 'utf8');
  return Buffer.concat([macOf(key, scope, bytes), bytes]).toString('base64url');
}

/** The position in a token made by `sealPageToken` for the same scope; anything else is PAGE_TOKEN_INVALID. */
export function openPageToken(key: Uint8Array, scope: TokenScope, token: string): string {
  const bytes = Buffer.from(token, 'base64url');
  const position = bytes.subarray(MAC_BYTES);
  // A decoder that skips stray characters would let one token be written in many ways.
  const canonical = bytes.length > MAC_BYTES && bytes.toString('base64url') === token;
  if (!canonical || !timingSafeEqual(bytes.subarray(0, MAC_BYTES), macOf(key, scope, position))) {
    throw new PageTokenError(token);
  }
  return position.toString('utf8');
}
