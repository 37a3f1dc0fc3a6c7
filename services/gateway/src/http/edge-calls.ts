import {
  callerCancelled,
  DEFAULT_POLICY,
  EdgeCall,
  methodPolicy,
  runInCall,
  serverDraining,
  type GenericMethod,
  type MethodPolicy,
} from '@exempla/rpc';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { timeoutOf } from './deadline-header.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The call that this request is. */
    call: EdgeCall;
  }
  interface FastifyContextConfig {
    /** The method behind a route: its deadlines are the route's. */
    rpc?: GenericMethod;
    /** Deadlines of a route that are not those of one method. */
    policy?: Pick<MethodPolicy, 'defaultMs' | 'maxMs'>;
  }
}

/** Calls under way, so that a drain can end them. */
export class EdgeCalls {
  readonly #open = new Set<EdgeCall>();

  get size(): number {
    return this.#open.size;
  }

  /** Ends what is under way because the server goes away. */
  endAll(): void {
    for (const call of this.#open) call.abort(serverDraining());
  }

  /**
   * Makes a call of every request: with a deadline and an end, known by its request id, and ended when the client goes
   * away. Handlers run inside it, so clients of other services inherit all of that.
   */
  register(app: FastifyInstance, service: string): void {
    app.decorateRequest('call');
    app.addHook('onRequest', (request, reply, done) => {
      const call = openCall(request, service);
      request.call = call;
      this.#open.add(call);
      reply.header('x-request-id', call.context.requestId);
      reply.raw.once('close', () => {
        if (!reply.raw.writableFinished) call.abort(callerCancelled());
        call.close();
        this.#open.delete(call);
      });
      done();
    });
    // The last before the handler: what waits for a body loses the context of the call.
    app.addHook('preHandler', (request, _reply, done) => runInCall(request.call.context, done));
  }
}

/** A request whose deadline cannot be read is a call too: its refusal is logged as any other. */
export function refuseUnreadableDeadlines(app: FastifyInstance): void {
  app.addHook('onRequest', ({ headers }, _reply, done) => done(toldTime(headers).refused));
}

function openCall({ method, headers, routeOptions }: FastifyRequest, service: string): EdgeCall {
  const { rpc, policy = rpc ? methodPolicy(rpc) : DEFAULT_POLICY } = routeOptions.config;
  return new EdgeCall({
    service,
    method: `${method} ${routeOptions.url ?? 'unknown'}`,
    policy,
    timeoutMs: toldTime(headers).timeoutMs,
    requestId: headers['x-request-id']?.toString(),
    traceparent: headers.traceparent?.toString(),
  });
}

function toldTime(headers: FastifyRequest['headers']): { timeoutMs?: number | undefined; refused?: Error } {
  try {
    return { timeoutMs: timeoutOf(headers) };
  } catch (error) {
    return { refused: error as Error };
  }
}
