import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { toProblem } from './problem.ts';
import { readError, type FieldNames } from './read-error.ts';

/** https://html.spec.whatwg.org/multipage/server-sent-events.html */
export const EVENT_STREAM = 'text/event-stream';

export interface ServerSentEvent {
  event: string;
  /** Sent as JSON, which has no line breaks. */
  data: unknown;
}

/**
 * Answers with events as they come: at the client's pace, one is asked for when the one before is on its way. While none
 * comes, a comment tells proxies that the answer lives. A failure is the last event, `error`, with the problem. A client who
 * leaves ends the source.
 */
export function eventStream(
  reply: FastifyReply,
  events: AsyncIterable<ServerSentEvent>,
  fieldNames?: FieldNames,
): FastifyReply {
  const { call } = reply.request;
  const text = toText(events, (error) => toProblem(readError(call.abortedBy ?? error, fieldNames)));
  reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no').type(EVENT_STREAM);
  return reply.send(Readable.from(withHeartbeats(text), { objectMode: false, highWaterMark: BUFFER_BYTES }));
}

/** Many proxies end an answer of which nothing came for a minute. */
const HEARTBEAT_MS = 15_000;
const HEARTBEAT = ':\n\n';

/** More than the longest paragraph of a story. */
const BUFFER_BYTES = 16 << 10;

async function* toText(
  events: AsyncIterable<ServerSentEvent>,
  problemOf: (error: unknown) => unknown,
): AsyncGenerator<string> {
  try {
    for await (const { event, data } of events) yield textOf(event, data);
  } catch (error) {
    yield textOf('error', problemOf(error));
  }
}

const textOf = (event: string, data: unknown): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

async function* withHeartbeats(texts: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    for (;;) {
      const next = texts.next();
      while (await isLate(next)) yield HEARTBEAT;
      const { done, value } = await next;
      if (done) return;
      yield value;
    }
  } finally {
    await texts.return(undefined);
  }
}

async function isLate(next: Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<true>();
  const timer = setTimeout(resolve, HEARTBEAT_MS, true);
  try {
    return await Promise.race([next.then(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
