import type { Logger } from '@exempla/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';

/** Requests of one connection that wait for their answers. Browsers and proxies send one after the other. */
const MOST_WAITING = 8;
/** A stream whose reader stands still when the deadline passes has this long to be taken. */
const UNREAD_GRACE_MS = 500;
/** A body that is still on the way when it is answered is let in for so long: many senders read only when they have sent. */
const LINGER_MS = 2_000;

/** Repeated warnings are logged at most this often. */
const TELL_EVERY_MS = 60_000;

/** Each takes a file descriptor, of which the process needs some itself, and 8 KB or more. */
export function limitConnections({ server }: FastifyInstance, most: number, logger: Logger): void {
  let silentUntil = 0;
  server.maxConnections = most;
  server.on('drop', () => {
    if (Date.now() < silentUntil) return;
    silentUntil = Date.now() + TELL_EVERY_MS;
    logger.warn({ event: 'connections-refused', most }, 'connections are refused: there are too many');
  });
}

/**
 * Who sends many requests without waiting for answers loses the connection. One packet holds a thousand, which are all begun at once:
 * so this is to be registered before anything that costs.
 */
export function refusePipelines(app: FastifyInstance): void {
  const waiting = new WeakMap<Socket, number>();
  app.addHook('onRequest', ({ raw: { socket } }, reply, done) => {
    const before = waiting.get(socket) ?? 0;
    if (before < MOST_WAITING) {
      waiting.set(socket, before + 1);
      reply.raw.once('close', () => waiting.set(socket, waiting.get(socket)! - 1));
    } else {
      reply.hijack();
      socket.destroy();
    }
    done();
  });
}

/**
 * Who leaves an answer unread, or goes on sending what nobody reads, loses the connection. What is ready before its deadline, or is
 * a file, may still be on the way to a slow reader: it has `transferMs` more. To be registered behind the calls.
 */
export function endStalled(app: FastifyInstance, transferMs: number): void {
  app.addHook('onRequest', (request, reply, done) => {
    request.call.context.signal.addEventListener('abort', () => endOverdue(request, reply, transferMs));
    reply.raw.once('close', () => endUnsent(request));
    done();
  });
}

/** The time of a request is over. */
function endOverdue({ raw, call, routeOptions }: FastifyRequest, reply: FastifyReply, transferMs: number): void {
  if (reply.raw.destroyed) return;
  // Nobody has begun to answer what has not arrived.
  if (!raw.complete && !reply.sent) void reply.send(call.abortedBy);
  const { rpc, policy } = routeOptions.config;
  const ready = reply.raw.writableEnded || (!rpc && !policy);
  later(ready ? transferMs : UNREAD_GRACE_MS, () => reply.raw.writableFinished || reply.raw.destroy());
}

/** It was answered; its body may still be on the way. */
function endUnsent({ raw }: FastifyRequest): void {
  if (!raw.complete && !raw.destroyed) later(LINGER_MS, () => raw.complete || raw.destroy());
}

const later = (ms: number, then: () => unknown): void => void setTimeout(then, ms).unref();
