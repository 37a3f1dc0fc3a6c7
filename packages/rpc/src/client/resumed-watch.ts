import { status } from '@grpc/grpc-js';
import { setTimeout as wait } from 'node:timers/promises';
import { currentCall } from '../call-context.ts';
import { RemoteError } from '../remote-error.ts';
import type { CallOptions } from './call-plan.ts';

/** How a watch goes on: the request that continues behind the last message. */
export type Resume<Request, Message> = (request: Request, lastMessage: Message) => Request;

type Open = (request: unknown, options: CallOptions) => AsyncIterable<unknown>;

export interface ResumeOptions extends CallOptions {
  resume: Resume<unknown, unknown>;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;
/** This many failures in a row, some 40 s, are not a restart: the caller gets the error. */
const MAX_FAILURES = 12;
/** A watch that lasted this long did well, even without a message. */
const HEALTHY_MS = 1_000;

/** How long before the try that follows `failures`: half of it chance, so that not all come back at once. */
export const resumeAfterMs = (failures: number, random = Math.random()): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures) * (0.5 + random / 2);

/**
 * One seamless stream over many watches. A server ends a watch when it drains, when the connection has become old or when
 * the time of the watch is up; the next begins behind the last message, and the reader sees nothing of it. `timeoutMs`
 * bounds the whole. Any other error is the reader's.
 */
export async function* resumedWatch(open: Open, request: unknown, options: ResumeOptions): AsyncGenerator<unknown> {
  const { resume, timeoutMs, ...rest } = options;
  const end = timeoutMs === undefined ? Infinity : Date.now() + timeoutMs;
  let from = request;
  for (let failures = 0; ;) {
    const start = performance.now();
    const left = end - Date.now();
    try {
      for await (const message of open(from, Number.isFinite(left) ? { ...rest, timeoutMs: left } : rest)) {
        yield message;
        failures = 0;
        from = resume(request, message);
      }
      return;
    } catch (error) {
      failures = endedWell(error, performance.now() - start) ? 0 : failures + 1;
      if (!isEnd(error) || failures >= MAX_FAILURES || Date.now() >= end) throw error;
    }
    await pause(Math.min(resumeAfterMs(failures), Math.max(0, end - Date.now())), options.signal);
  }
}

/** A bare DEADLINE_EXCEEDED is the end of one watch's time, told by a server that is not ours. */
const isEnd = (error: unknown): boolean =>
  error instanceof RemoteError && (error.code === status.UNAVAILABLE || error.code === status.DEADLINE_EXCEEDED);

const endedWell = (error: unknown, lastedMs: number): boolean =>
  lastedMs >= HEALTHY_MS &&
  error instanceof RemoteError &&
  (error.reason === 'WATCH_ENDED' || error.code === status.DEADLINE_EXCEEDED);

async function pause(ms: number, own: AbortSignal | undefined): Promise<void> {
  const signals = [own, currentCall()?.signal].filter((signal) => signal !== undefined);
  const signal = AbortSignal.any(signals);
  try {
    await wait(ms, undefined, { signal });
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}
