import type { FastifyInstance } from 'fastify';

/** Whether this edge takes requests. Of the services behind it each answer tells: it stays up when one of them is away. */
export class Readiness {
  #ready = true;

  /** Callers shall turn elsewhere. */
  end(): void {
    this.#ready = false;
  }

  /** `/healthz`: the process lives. `/readyz`: it takes requests. */
  register(app: FastifyInstance): void {
    app.get('/healthz', () => ({ status: 'ok' }));
    app.get('/readyz', (_request, reply) =>
      this.#ready ? { status: 'ready' } : reply.code(503).send({ status: 'draining' }),
    );
  }
}
