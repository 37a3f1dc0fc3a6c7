import { status, StatusError } from '@exempla/rpc';
import type { IncomingHttpHeaders } from 'node:http';

interface TimeoutHeader {
  pattern: RegExp;
  says: string;
}

const MILLISECONDS: TimeoutHeader = { pattern: /^(?<amount>[0-9]{1,10})$/, says: 'whole milliseconds, 1 or more' };
const HEADERS: Readonly<Record<string, TimeoutHeader>> = {
  'exempla-timeout-ms': MILLISECONDS,
  // https://connectrpc.com/docs/protocol
  'connect-timeout-ms': MILLISECONDS,
  // https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
  'grpc-timeout': {
    pattern: /^(?<amount>[0-9]{1,8})(?<unit>[HMSmun])$/,
    says: 'at most 8 digits and one of H, M, S, m, u, n',
  },
};
const UNITS_MS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

/** The time a caller gives its request, in milliseconds; undefined when it says nothing. Ours goes before the others. */
export function timeoutOf(headers: IncomingHttpHeaders): number | undefined {
  for (const [header, { pattern, says }] of Object.entries(HEADERS)) {
    const value = headers[header];
    if (value === undefined) continue;
    const { amount, unit = 'm' } = pattern.exec(String(value))?.groups ?? {};
    if (Number(amount) > 0) return Number(amount) * UNITS_MS[unit]!;
    const description = `must be ${says}`;
    throw new StatusError(status.INVALID_ARGUMENT, 'TIMEOUT_INVALID', `${header} ${description}`, {
      metadata: { header },
      violations: [{ field: header, description, rule: 'TIMEOUT_INVALID' }],
    });
  }
  return undefined;
}
