import { status, StatusError } from '@exempla/rpc';
import type { IncomingHttpHeaders } from 'node:http';

const KEY = /^[!-~]{1,100}$/;

/** The Idempotency-Key of a request: same key, same answer. Empty when there is none. */
export function idempotencyKey({ 'idempotency-key': key }: IncomingHttpHeaders): string {
  if (key === undefined) return '';
  if (typeof key === 'string' && KEY.test(key)) return key;
  const [field, description] = ['idempotency-key', 'must be 1 to 100 printable characters without space'];
  throw new StatusError(status.INVALID_ARGUMENT, 'IDEMPOTENCY_KEY_INVALID', `${field} ${description}`, {
    violations: [{ field, description, rule: 'IDEMPOTENCY_KEY_INVALID' }],
  });
}

const ETAG = /^"?([!#-~]{1,64})"?$/;

/** The version that If-Match asks for, with or without its quotes; empty for any. */
export function ifMatch({ 'if-match': etag }: IncomingHttpHeaders): string {
  if (etag === undefined || etag === '*') return '';
  const found = ETAG.exec(etag)?.[1];
  if (found !== undefined) return found;
  throw new StatusError(status.INVALID_ARGUMENT, 'ETAG_INVALID', 'if-match must be one etag', {
    violations: [{ field: 'if-match', description: 'must be one etag', rule: 'ETAG_INVALID' }],
  });
}

/** Whether If-None-Match has the version that there is, or any. Weak ones are the same bytes, packed otherwise on the way. */
export const isKnown = ({ 'if-none-match': known = '' }: IncomingHttpHeaders, etag: string): boolean =>
  known === '*' || (known.match(/"[^"]*"/g)?.includes(etag) ?? false);
