import type { Logger } from '@exempla/telemetry';
import { TypeBoxValidatorCompiler, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify, { type FastifyInstance, type FastifyPluginAsync, type RawServerDefault } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { authenticate, type Credentials } from './authentication.ts';
import { keepBrowsersSafe } from './browser-safety.ts';
import { EdgeCalls, refuseUnreadableDeadlines } from './edge-calls.ts';
import { Readiness } from './health.ts';
import { trustedProxies } from './client-address.ts';
import { endStalled, limitConnections, refusePipelines } from './connections.ts';
import { limitFailures } from './failed-credentials.ts';
import { readJson } from './json-body.ts';
import { describeRoutes, showDocs } from './openapi.ts';
import { answerProblems, refuseUnknownRoutes, refuseUnreadable, refuseUnrouted } from './problem-answers.ts';
import { limitRate } from './rate-limit.ts';
import { recordRequests } from './request-record.ts';

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
  credentials: Credentials;
  /** A larger body is refused. */
  bodyLimitBytes: number;
  /** For each credential; 0 sets no limit. */
  requestsPerMinute: number;
  /** One more is closed at once. */
  maxConnections: number;
  /** So long a request may take to arrive, and an answer that is ready to be taken after its deadline. Default 30 s. */
  transferLimitMs?: number;
  /** For each client address; 0 sets no limit. */
  failedCredentialsPerMinute: number;
  /** Proxies in front whose X-Forwarded-For is believed; 0 believes nobody's. */
  trustedHops: number;
  /** Pages of these may call from a browser. */
  corsOrigins: readonly string[];
  /** Doors for which callers need a credential. */
  doors: readonly FastifyPluginAsync[];
  /** What is open to everybody. */
  open: readonly FastifyPluginAsync[];
}

export interface Edge {
  app: FastifyInstance;
  calls: EdgeCalls;
  readiness: Readiness;
}

const SERVICE = 'gateway';

const TRANSFER_LIMIT_MS = 30_000;
/** So often is looked for what is too slow; Node would every 30 s. */
const ARRIVAL_CHECK_MS = 1_000;

/** The server with everything that all doors share; it does not listen yet. */
export async function createEdge({ logger, ...options }: AppOptions): Promise<Edge> {
  const { transferLimitMs = TRANSFER_LIMIT_MS } = options;
  const app = fastify({
    logger: false,
    bodyLimit: options.bodyLimitBytes,
    trustProxy: trustedProxies(options.trustedHops),
    requestTimeout: transferLimitMs,
    http: { headersTimeout: transferLimitMs, connectionsCheckingInterval: ARRIVAL_CHECK_MS },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // What is no URL never gets as far as a hook.
    frameworkErrors: refuseUnrouted,
    clientErrorHandler: refuseUnreadable,
  });
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  readJson(app);
  const calls = new EdgeCalls();
  const readiness = new Readiness();
  limitConnections(app, options.maxConnections, logger);
  refusePipelines(app);
  calls.register(app, SERVICE);
  endStalled(app, transferLimitMs);
  recordRequests(app, logger);
  answerProblems(app, logger);
  await keepBrowsersSafe(app, options.corsOrigins);
  refuseUnreadableDeadlines(app);
  refuseUnknownRoutes(app);
  await describeRoutes(app);
  await showDocs(app);
  readiness.register(app);
  for (const plugin of options.open) await app.register(plugin);
  await app.register(async (scope) => {
    const guard = await limitFailures(scope, options.failedCredentialsPerMinute, logger);
    authenticate(scope, options.credentials, guard);
    await limitRate(scope, options.requestsPerMinute);
    for (const door of options.doors) await scope.register(door);
  });
  return { app, calls, readiness };
}
