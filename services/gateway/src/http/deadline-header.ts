import { status, StatusError } from '@exempla/rpc';
import type { IncomingHttpHeaders } from 'node:http';

/** Ours, and the one of the Connect protocol. */
const HEADERS = ['exempla-timeout-ms', 'connect-timeout-ms'] as const;
/** As the Connect protocol has it. */
const MILLISECONDS = /^[0-9]{1,10}$/;

/** The time a caller gives its request, in milliseconds; undefined when it says nothing. */
export function timeoutOf(headers: IncomingHttpHeaders): number | undefined {
  for (const header of HEADERS) {
    const value = headers[header];
    if (value === undefined) continue;
    if (typeof value === 'string' && MILLISECONDS.test(value) && Number(value) > 0) return Number(value);
    throw new StatusError(
      status.INVALID_ARGUMENT,
      'TIMEOUT_INVALID',
      `${header} has to be whole milliseconds, 1 or more`,
      {
        metadata: { header },
        violations: [{ field: header, description: 'must be whole milliseconds, 1 or more', rule: 'TIMEOUT_INVALID' }],
      },
    );
  }
  return undefined;
}
