import { status, StatusError } from '@exempla/rpc';
import type { Logger } from '@exempla/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import { KnownPaths } from './known-paths.ts';
import { PROBLEM_TYPE, toProblem, type Problem } from './problem.ts';
import { METHOD_NOT_ALLOWED, readError, type FieldNames } from './read-error.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Names fields of messages as the body of this route does. */
    fieldNames?: FieldNames;
  }
}

/** Every error of every door answers as a problem. */
export function answerProblems(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler((error, request, reply) => sendProblem(error, { request, reply, logger }));
  app.setNotFoundHandler((request, reply) => sendProblem(routeNotFound(request), { request, reply, logger }));
}

/** What there is no route for is told so before its body is read. To be registered behind what tells of requests, and before routes. */
export function refuseUnknownRoutes(app: FastifyInstance): void {
  const paths = new KnownPaths(app);
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const methods = paths.methodsAt(pathOf(request));
    if (methods.length === 0) return done(routeNotFound(request));
    reply.header('allow', methods.join(', '));
    return done(methodNotAllowed());
  });
}

function sendProblem(
  error: unknown,
  { request, reply, logger }: { request: FastifyRequest; reply: FastifyReply; logger: Logger },
): FastifyReply {
  // A call that was ended fails for that reason, whatever its parts say of it.
  const cause = request.call.abortedBy ?? error;
  const { unknown, ...source } = readError(cause, request.routeOptions.config.fieldNames);
  if (unknown) logger.error({ err: error, requestId: request.call.context.requestId }, 'unexpected error');
  const problem = toProblem(source);
  tellWhenToRetry(reply, problem);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  // Serialized here: the schemas of a route are of its own answers.
  return reply.code(problem.status).type(PROBLEM_TYPE).serializer(JSON.stringify).send(problem);
}

export function tellWhenToRetry(reply: FastifyReply, { retry_after: seconds }: Problem): void {
  if (seconds !== undefined) reply.header('retry-after', seconds);
}

/** A request that no route could be looked up for; it is no call. */
export function refuseUnrouted(error: unknown, _request: unknown, reply: FastifyReply): void {
  const problem = toProblem(readError(error));
  void reply.code(problem.status).type(PROBLEM_TYPE).serializer(JSON.stringify).send(problem);
}

/** What is no HTTP is no request. */
export function refuseUnreadable(error: Error, socket: Socket): void {
  if (socket.writable) {
    const problem = toProblem(readError(error));
    const body = JSON.stringify(problem);
    const head = [
      `HTTP/1.1 ${problem.status} ${problem.title}`,
      `content-type: ${PROBLEM_TYPE}`,
      `content-length: ${body.length}`,
    ];
    socket.write(`${head.join('\r\n')}\r\nconnection: close\r\n\r\n${body}`);
  }
  socket.destroy(error);
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0]!;

const routeNotFound = (request: FastifyRequest): StatusError =>
  new StatusError(status.NOT_FOUND, 'ROUTE_NOT_FOUND', `there is no ${request.method} ${pathOf(request)}`);

const methodNotAllowed = (): Error => Object.assign(new Error(METHOD_NOT_ALLOWED), { code: METHOD_NOT_ALLOWED });
