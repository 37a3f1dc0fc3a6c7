import type { CallContext } from '../src/call-context.ts';
import { Deadline } from '../src/deadline.ts';

/** A call with so much time left. */
export const context = (remainingMs: number, reserveMs = 20, signal = new AbortController().signal): CallContext => ({
  service: 'test',
  method: 'test.Service/Method',
  signal,
  deadline: Deadline.after(remainingMs),
  reserveMs,
  tenant: 'acme',
  subject: 'ann',
  requestId: 'r-1',
  traceId: 'a'.repeat(32),
  trace: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), sampled: true },
  metadata: { get: () => [] },
  reply: { header() {}, trailer() {}, sendHeaders() {} },
});
