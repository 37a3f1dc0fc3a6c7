import { status, StatusError } from '@exempla/rpc';
import type { IncomingHttpHeaders } from 'node:http';

const KEY = /^[!-~]{1,100}$/;

/** The Idempotency-Key of a request: same key, same answer. Empty when there is none. */
export function idempotencyKey(headers: IncomingHttpHeaders): string {
  const key = headers['idempotency-key'];
  if (key === undefined) return '';
  if (typeof key === 'string' && KEY.test(key)) return key;
  const description = 'must be 1 to 100 printable characters without space';
  throw new StatusError(status.INVALID_ARGUMENT, 'IDEMPOTENCY_KEY_INVALID', `idempotency-key: ${description}`, {
    violations: [{ field: 'idempotency-key', description, rule: 'IDEMPOTENCY_KEY_INVALID' }],
  });
}
