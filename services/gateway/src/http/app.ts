import type { EdgeIdentity } from '@exempla/rpc';
import type { Logger } from '@exempla/telemetry';
import { TypeBoxValidatorCompiler, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify, { type FastifyInstance, type FastifyPluginAsync, type RawServerDefault } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { authenticate } from './authentication.ts';
import { EdgeCalls } from './edge-calls.ts';
import { Readiness } from './health.ts';
import { answerProblems } from './problem-answers.ts';
import { logRequests } from './request-log.ts';

/** The server with the types of its schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyInstance['log'],
  TypeBoxTypeProvider
>;

export interface AppOptions {
  logger: Logger;
  identity: EdgeIdentity;
  bodyLimitBytes: number;
  /** Doors for which callers need a credential. */
  doors: readonly FastifyPluginAsync[];
  /** What is open to everybody. */
  open: readonly FastifyPluginAsync[];
}

export interface Edge {
  app: App;
  calls: EdgeCalls;
  readiness: Readiness;
}

const SERVICE = 'gateway';

/** The server with everything that all doors share; it does not listen yet. */
export async function createEdge({ logger, identity, bodyLimitBytes, doors, open }: AppOptions): Promise<Edge> {
  const app = fastify({
    logger: false,
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
  }).withTypeProvider<TypeBoxTypeProvider>() as App;
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  // Bodies are JSON and nothing else; a door that takes more says so itself.
  app.removeContentTypeParser('text/plain');
  const calls = new EdgeCalls();
  const readiness = new Readiness();
  // In front of what may refuse a request: a refusal has its line too.
  logRequests(app as FastifyInstance, logger);
  calls.register(app as FastifyInstance, SERVICE);
  answerProblems(app as FastifyInstance, logger);
  readiness.register(app as FastifyInstance);
  for (const plugin of open) await app.register(plugin);
  await app.register(async (scope) => {
    authenticate(scope as FastifyInstance, identity);
    for (const door of doors) await scope.register(door);
  });
  return { app, calls, readiness };
}
