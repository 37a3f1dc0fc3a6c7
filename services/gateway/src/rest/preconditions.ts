import { status, StatusError } from '@exempla/rpc';
import type { IncomingHttpHeaders } from 'node:http';

const refused = (header: string, description: string, reason: string): StatusError =>
  new StatusError(status.INVALID_ARGUMENT, reason, `${header} ${description}`, {
    violations: [{ field: header, description, rule: reason }],
  });

const KEY = /^[!-~]{1,100}$/;

/** The Idempotency-Key of a request: same key, same answer. Empty when there is none. */
export function idempotencyKey({ 'idempotency-key': key }: IncomingHttpHeaders): string {
  if (key === undefined) return '';
  if (typeof key === 'string' && KEY.test(key)) return key;
  throw refused('idempotency-key', 'must be 1 to 100 printable characters without space', 'IDEMPOTENCY_KEY_INVALID');
}

const ETAG = /^"?([!#-~]{1,64})"?$/;

/** The version that If-Match asks for, with or without its quotes; empty for any. */
export function ifMatch({ 'if-match': etag }: IncomingHttpHeaders): string {
  if (etag === undefined || etag === '*') return '';
  const found = ETAG.exec(etag)?.[1];
  if (found !== undefined) return found;
  throw refused('if-match', 'must be one etag', 'ETAG_INVALID');
}
