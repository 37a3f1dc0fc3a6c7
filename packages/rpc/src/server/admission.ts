import { status, type MethodDefinition, type sendUnaryData, type UntypedHandleCall } from '@grpc/grpc-js';
import type { Logger } from '@exempla/telemetry';
import { mapError, type WireStatus } from '../error-mapper.ts';
import type { ServerCallMetrics } from '../metrics/server-call-metrics.ts';
import { RPC_DOMAIN, StatusError } from '../status-error.ts';
import { LAG_LIMIT_MS, LoopLag } from './loop-lag.ts';

export interface AdmissionOptions {
  /** Calls that may be under way at once. */
  readonly maxInFlight: number;
  /** Calls under way now; watches, which mostly wait, are not among them. */
  readonly inFlight: () => number;
  /** Watches that may be open at once. */
  readonly maxWatches: number;
  readonly watches: () => number;
  readonly logger: Logger;
  readonly loop?: LoopLag;
}

/** A method as grpc-js is given it. */
export interface GrpcMethod {
  readonly definition: MethodDefinition<unknown, unknown>;
  readonly handler: UntypedHandleCall;
  readonly metrics?: ServerCallMetrics;
  /** Mostly waits, and is counted apart. */
  readonly isWatch: boolean;
}

/** However late the loop is, so many calls are served: a server that takes nothing would learn nothing. */
export const LATE_LOOP_FLOOR = 16;
/** Callers are told different waits in turn, so that they do not all come back at once. */
const WAITS_MS = [500, 625, 750, 875, 1_000, 1_125, 1_250, 1_375, 1_500];
/** So long nothing was refused: then the overload is over. */
const CALM_MS = 1_000;
const PUSHBACK_KEY = 'grpc-retry-pushback-ms';
/** Stands in for a request that nobody is going to read. */
const UNREAD = { refused: new StatusError(status.RESOURCE_EXHAUSTED, 'SERVER_OVERLOADED', 'not read'), byteLength: 0 };

type AnyCall = { readonly request?: unknown; emit(event: 'error', status: WireStatus): boolean };
type AnyHandler = (call: AnyCall, reply?: sendUnaryData<unknown>) => void;

/**
 * Refuses calls that the server has no room for, before they cost anything: above a number under way, or above a small
 * number while the event loop turns late. Who is refused is told when to come back. Nothing is counted per call: what is
 * under way is what the server holds, so nothing can leak.
 */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #loop: LoopLag;
  readonly #refusals: readonly WireStatus[];
  #refused = 0;
  #reported = 0;
  #lastRefusal = -Infinity;
  #overloaded = false;

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.#loop = options.loop ?? new LoopLag();
    this.#refusals = WAITS_MS.map((ms) => refusal(options, ms));
  }

  /** Calls refused since the start. */
  get refused(): number {
    return this.#refused;
  }

  /** Calls that may be under way at once. */
  get limit(): number {
    return this.#options.maxInFlight;
  }

  /** Whether the next call would be refused. */
  isFull(isWatch = false): boolean {
    if (isWatch && this.#options.watches() >= this.#options.maxWatches) return true;
    const inFlight = this.#options.inFlight();
    return inFlight >= this.#options.maxInFlight || (this.#loop.sustained && inFlight >= LATE_LOOP_FLOOR);
  }

  start(): void {
    this.#loop.start(() => this.#report());
  }

  stop(): void {
    this.#loop.stop();
  }

  /** The method behind the door: while the server is full its handler is not called and its request not decoded. */
  protect({ definition, handler, metrics, isWatch }: GrpcMethod): GrpcMethod {
    const serve = handler as unknown as AnyHandler;
    const guarded: AnyHandler = (call, reply) => {
      if (call.request !== UNREAD && !this.isFull(isWatch)) return serve(call, reply);
      const answer = this.#refuse();
      metrics?.refused(answer.code);
      if (reply) reply(answer);
      else call.emit('error', answer);
    };
    return { definition: this.#unread(definition, isWatch), handler: guarded as unknown as UntypedHandleCall, isWatch };
  }

  /** Of a stream of requests the later ones belong to a call that has been let in. */
  #unread(definition: MethodDefinition<unknown, unknown>, isWatch: boolean): MethodDefinition<unknown, unknown> {
    if (definition.requestStream) return definition;
    const { requestDeserialize } = definition;
    return {
      ...definition,
      requestDeserialize: (bytes) => (this.isFull(isWatch) ? UNREAD : requestDeserialize(bytes)),
    };
  }

  #refuse(): WireStatus {
    if (!this.#overloaded) {
      this.#overloaded = true;
      const load = {
        inFlight: this.#options.inFlight(),
        watches: this.#options.watches(),
        lagMs: Math.round(this.#loop.lagMs),
      };
      this.#options.logger.warn({ event: 'overloaded', ...load }, 'calls are refused: the server is full');
    }
    this.#lastRefusal = performance.now();
    this.#refused += 1;
    return this.#refusals[this.#refused % this.#refusals.length]!;
  }

  /** One line at the start of an overload and one at its end, however many calls it costs. */
  #report(): void {
    if (!this.#overloaded || performance.now() - this.#lastRefusal < CALM_MS) return;
    this.#overloaded = false;
    const refused = this.#refused - this.#reported;
    this.#reported = this.#refused;
    this.#options.logger.info({ event: 'overload-over', refused }, 'no call is refused any more');
  }
}

/** Made once: a refusal must cost less than a call. */
function refusal({ maxInFlight, maxWatches }: AdmissionOptions, retryAfterMs: number): WireStatus {
  const error = new StatusError(
    status.RESOURCE_EXHAUSTED,
    'SERVER_OVERLOADED',
    'the server is overloaded: try again later',
    {
      domain: RPC_DOMAIN,
      metadata: {
        max_in_flight: String(maxInFlight),
        max_watches: String(maxWatches),
        lag_limit_ms: String(LAG_LIMIT_MS),
      },
      retryAfterMs,
    },
  );
  const { wire } = mapError(error, { domain: RPC_DOMAIN, codes: {} });
  wire.metadata.set(PUSHBACK_KEY, String(retryAfterMs));
  return wire;
}
