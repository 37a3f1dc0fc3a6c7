import { checkHealth, openChannel, type CallOptions, type Channel } from '@exempla/rpc/client';
import { newTrace, preciseNow } from '@exempla/telemetry/signals';

/** A call that was made; it may have failed. */
export interface Made<T> {
  traceId: string;
  /** Epoch milliseconds. */
  startedAt: number;
  totalMs: number;
  outcome: { type: 'ok'; response: T } | { type: 'failed'; error: unknown };
}

const CONNECT_LIMIT_MS = 5000;

/** Calls under a trace of our own making, so that the hops of the call can be told apart. */
export async function tracedCall<T>(
  target: string,
  call: (channel: Channel, options: CallOptions) => Promise<T>,
): Promise<Made<T>> {
  const channel = openChannel(target);
  try {
    // Connects, so that what is measured is the call.
    await checkHealth(channel, { timeoutMs: CONNECT_LIMIT_MS });
    const trace = newTrace();
    const startedAt = preciseNow();
    const outcome = await call(channel, { trace }).then(
      (response) => ({ type: 'ok', response }) as const,
      (error: unknown) => ({ type: 'failed', error }) as const,
    );
    return { traceId: trace.traceId, startedAt, totalMs: preciseNow() - startedAt, outcome };
  } finally {
    channel.close();
  }
}
