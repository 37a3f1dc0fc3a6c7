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
 * Answers with events as they come: at the client's pace, one is asked for when the one before is on its way. A failure is
 * the last event, `error`, with the problem. A client who leaves ends the source.
 */
export function eventStream(
  reply: FastifyReply,
  events: AsyncIterable<ServerSentEvent>,
  fieldNames?: FieldNames,
): FastifyReply {
  const { call } = reply.request;
  const text = toText(events, (error) => toProblem(readError(call.abortedBy ?? error, fieldNames)));
  reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no').type(EVENT_STREAM);
  return reply.send(Readable.from(text, { objectMode: false, highWaterMark: BUFFER_BYTES }));
}

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
