import {
  Server as GrpcServer,
  type MethodDefinition,
  type ServerCredentials,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { METRICS, processMetrics, SpanLog, type Logger, type MetricRegistry } from '@exempla/telemetry';
import type { ErrorTable } from '../error-mapper.ts';
import { methodName, methodPath, type GenericService } from '../generic-definition.ts';
import type { Identity } from '../identity/identity.ts';
import { methodPolicy } from '../method-policy.ts';
import { observeServer } from '../metrics/server-gauges.ts';
import { ServerCallMetrics } from '../metrics/server-call-metrics.ts';
import { RPC_TRANSPORT } from '../rpc-method.ts';
import { RequestRules } from '../validation.ts';
import { collectYoung } from '../young-objects.ts';
import { Admission } from './admission.ts';
import { refusingHopeless } from './all-or-nothing.ts';
import { CallsUnderWay } from './calls-under-way.ts';
import { grpcHandler, type NestHandler } from './handlers.ts';
import { DependencyChecks, type Dependency, type DependencyTimes } from './dependencies.ts';
import { HealthService } from './health-service.ts';
import { LoopLag } from './loop-lag.ts';
import { OpenWatches } from './open-watches.ts';
import { addReflection } from './reflection.ts';
import {
  connectionAgeOptions,
  DEFAULT_MAX_IN_FLIGHT,
  DEFAULT_MAX_WATCHES,
  type ServerLimits,
} from './server-limits.ts';
import type { ServedCall } from './served-call.ts';
import { serverMethod } from './server-method.ts';
import { allowStreamResets } from './stream-resets.ts';

export interface RpcServerOptions extends ServerLimits {
  /** Name of the service in logs and spans. */
  service: string;
  /** Told with its health. */
  version?: string;
  host: string;
  /** 0 lets the operating system choose. */
  port: number;
  /** The services of the proto this server serves; every method must have a handler. */
  definitions: readonly GenericService[];
  /** The buf image: validation rules and reflection come from it. */
  image: Uint8Array;
  errors: ErrorTable;
  identity: Identity;
  reflection: boolean;
  credentials: ServerCredentials;
  logger: Logger;
  /** Of calls that answered OK so many get a span line, 0 to 1; every other call gets one always. Default 1. */
  okSpanShare?: number;
  /** Where the server counts. Default: where the whole process does. */
  metrics?: MetricRegistry;
  /** A larger message is refused with RESOURCE_EXHAUSTED. Default 4 MiB. */
  maxMessageBytes?: number;
}

/** HTTP/2 flow-control window: large enough that a stream of 64 KiB chunks is not throttled by round trips. */
const FLOW_CONTROL_WINDOW_BYTES = 4 << 20;
const FORCED_END_MS = 250;
/** What was answered last gets this long to leave through the sockets. */
const FLUSH_MS = 1_000;

/** Serves gRPC through Nest's extension point for transports. */
export class RpcServer extends Server implements CustomTransportStrategy {
  override readonly transportId = RPC_TRANSPORT;
  readonly #options: RpcServerOptions;
  readonly #grpc: GrpcServer;
  readonly #inFlight = new CallsUnderWay<ServedCall>();
  readonly #watches = new OpenWatches();
  readonly #health: HealthService;
  #dependencies: DependencyChecks | undefined;
  readonly #admission: Admission;
  #port = 0;
  #direct: ReadonlyMap<string, NestHandler> = new Map();
  #stopObserving: (() => void) | undefined;

  constructor(options: RpcServerOptions) {
    super();
    this.#options = options;
    this.#health = new HealthService(
      options.definitions.map((d) => d.fullName),
      { service: options.service, version: options.version ?? '' },
    );
    this.#admission = new Admission({
      maxInFlight: options.maxInFlight ?? DEFAULT_MAX_IN_FLIGHT,
      inFlight: () => this.#inFlight.size - this.#watches.size,
      maxWatches: options.maxWatches ?? DEFAULT_MAX_WATCHES,
      watches: () => this.#watches.size,
      logger: options.logger,
      loop: new LoopLag((options.metrics ?? processMetrics).histogram(METRICS.loopLag)),
    });
    this.#grpc = new GrpcServer({
      'grpc.max_receive_message_length': options.maxMessageBytes ?? 4 << 20,
      'grpc.max_send_message_length': -1,
      'grpc-node.flow_control_window': FLOW_CONTROL_WINDOW_BYTES,
      // Nothing here serves what channelz would count, four callbacks and two dates a call: calls have metrics of their own.
      'grpc.enable_channelz': 0,
      ...connectionAgeOptions(options.maxConnectionAgeMs, options.definitions),
    });
    allowStreamResets(this.#grpc);
  }

  /** The port that is listened on; 0 before. */
  get port(): number {
    return this.#port;
  }

  /** Calls being served now, and those whose answer is still on its way. */
  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Calls refused because the server was full. */
  get refused(): number {
    return this.#admission.refused;
  }

  /** Handlers to be called as they are, by pattern, and not by way of Nest; to be said before `listen`. */
  callDirectly(handlers: ReadonlyMap<string, NestHandler>): void {
    this.#direct = handlers;
  }

  /** Health follows `dependencies` from the start on; to be said before `listen`. */
  dependOn(dependencies: readonly Dependency[], times?: DependencyTimes): void {
    const parts = { health: this.#health, logger: this.#options.logger };
    this.#dependencies = new DependencyChecks(dependencies, times ? { ...parts, times } : parts);
  }

  override listen(callback: (error?: unknown) => void): void {
    this.#start().then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }

  /** Stops at once; `drain` is the gentle way. */
  override close(): void {
    this.#admission.stop();
    this.#stopObserving?.();
    this.#watches.stop();
    this.#health.endWatches();
    this.#dependencies?.stop();
    this.#grpc.forceShutdown();
  }

  override on(): never {
    throw new Error('RpcServer emits no events');
  }

  override unwrap<T>(): T {
    return this.#grpc as T;
  }

  /**
   * Health says NOT_SERVING, callers get `noticeMs` to turn elsewhere, calls under way get until `limitMs` to finish and
   * are ended with UNAVAILABLE after that. Returns how many had to be ended.
   */
  async drain({ noticeMs, limitMs }: { noticeMs: number; limitMs: number }): Promise<number> {
    this.#dependencies?.stop();
    this.#health.stopServing();
    await delay(noticeMs);
    const closed = new Promise<void>((resolve) => this.#grpc.tryShutdown(() => resolve()));
    // After the server has said that it takes no new calls: who watches goes on elsewhere.
    this.#watches.endAll();
    this.#health.endWatches();
    const left = await this.#idleWithin(limitMs);
    for (const call of this.#inFlight.all()) call.drain();
    if (left > 0) await this.#idleWithin(FORCED_END_MS);
    // Somebody may keep a connection that nothing is left on, so this is not waited for without a limit.
    await atMost(FLUSH_MS, closed);
    this.close();
    return left;
  }

  async #start(): Promise<void> {
    collectYoung();
    const { definitions, host, port, image, maxRequestFields, reflection, credentials } = this.#options;
    const rules = new RequestRules(image, maxRequestFields);
    for (const definition of definitions) this.#addService(definition, rules);
    this.#health.addTo(this.#grpc);
    if (reflection) addReflection(this.#grpc, image, definitions);
    this.#port = await bind(this.#grpc, `${host}:${port}`, credentials);
    this.#admission.start();
    this.#observe();
    this.#watches.start();
    await this.#dependencies?.start();
    this.#health.startServing();
  }

  #observe(): void {
    this.#stopObserving = observeServer(this.#options.metrics ?? processMetrics, {
      inFlight: () => this.#inFlight.size - this.#watches.size,
      limit: this.#admission.limit,
      watches: () => this.#watches.size,
      refused: () => this.#admission.refused,
      serving: () => this.#health.statusOf('') === 'SERVING',
    });
  }

  #addService(definition: GenericService, rules: RequestRules): void {
    const methods: Record<string, MethodDefinition<unknown, unknown>> = {};
    const handlers: UntypedServiceImplementation = {};
    const { service, logger, errors, identity, metrics = processMetrics, okSpanShare } = this.#options;
    const spans = new SpanLog(logger, okSpanShare);
    const parts = { service, logger, spans, errors, identity, inFlight: this.#inFlight, watches: this.#watches };
    for (const [name, method] of Object.entries(definition.methods)) {
      const path = methodPath(definition, method);
      const handler = this.#direct.get(path) ?? (this.getHandlerByPattern(path) as NestHandler | null);
      if (!handler) throw new Error(`no controller handles ${path}`);
      const own = methodName(definition, method);
      const served = { name: own, policy: methodPolicy(method), metrics: new ServerCallMetrics(metrics, own) };
      const guarded = this.#admission.protect({
        definition: serverMethod(definition, method, rules.checkFor(definition.fullName, method.name)),
        handler: grpcHandler(method, refusingHopeless(method, handler), served, parts),
        metrics: served.metrics,
        isWatch: served.policy.watch,
      });
      methods[name] = guarded.definition;
      handlers[name] = guarded.handler;
    }
    this.#grpc.addService(methods, handlers);
  }

  /** Waits until no call is under way and every answer is sent, at most `limitMs`; returns how many still are. */
  async #idleWithin(limitMs: number): Promise<number> {
    const end = Date.now() + limitMs;
    while (this.#inFlight.size > 0 && Date.now() < end) await delay(10);
    return this.#inFlight.size;
  }
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for `promise`, and no longer than `ms`. */
async function atMost(ms: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([promise, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
}

function bind(server: GrpcServer, address: string, credentials: ServerCredentials): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, port) => (error ? reject(error) : resolve(port)));
  });
}
