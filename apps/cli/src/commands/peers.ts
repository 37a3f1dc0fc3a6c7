import {
  checkHealth,
  createClient,
  deadlineExceeded,
  openChannel,
  RemoteError,
  status,
  type CallOptions,
  type Channel,
  type GenericService,
  type RpcClient,
} from '@exempla/rpc/client';
import type { CallerConfig } from '../config.ts';
import { PeerError } from '../problems.ts';

/** A silent address is reported after this long, whatever the deadline of the call. */
const CONNECT_LIMIT_MS = 3000;

export interface PeersOptions {
  /** `host:port` by service. */
  targets: Readonly<Record<string, string>>;
  caller: CallerConfig;
  signal: AbortSignal;
  /** How long the command may take in all; undefined leaves it to the method. */
  deadlineMs: number | undefined;
}

/** The services of a mesh that runs, as one command calls them. */
export class Peers implements Disposable {
  readonly #options: PeersOptions;
  readonly #channels = new Map<string, Channel>();
  readonly #endsAt: number;

  constructor(options: PeersOptions) {
    this.#options = options;
    this.#endsAt = performance.now() + (options.deadlineMs ?? Number.POSITIVE_INFINITY);
  }

  /** A client of a service that answers. Throws PeerError when nobody does, or somebody else. */
  async client<S extends GenericService>(service: string, definition: S): Promise<RpcClient<S>> {
    const target = this.#options.targets[service] ?? '';
    const channel = this.#channels.get(service) ?? openChannel(target, [definition]);
    this.#channels.set(service, channel);
    const { signal } = this.#options;
    const timeoutMs = Math.max(1, Math.min(CONNECT_LIMIT_MS, this.#leftMs()));
    // A service that is not well says more about it than its health does.
    await checkHealth(channel, { service: definition.fullName, timeoutMs, signal }).catch((error: unknown) => {
      if (this.#leftMs() <= 0) throw deadlineExceeded(definition.fullName);
      throw error instanceof RemoteError ? peerError(service, target, error) : error;
    });
    return createClient(definition, channel);
  }

  /** Of one call. Without `--deadline` it has `usualMs`, or what its method has by default. */
  call(usualMs?: number): CallOptions {
    const { signal, caller } = this.#options;
    const leftMs = this.#leftMs();
    const timeoutMs = leftMs === Number.POSITIVE_INFINITY ? usualMs : leftMs;
    return {
      signal,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(caller.token === undefined ? {} : { metadata: { authorization: `Bearer ${caller.token}` } }),
      ...(caller.tenant === undefined ? {} : { tenant: caller.tenant }),
    };
  }

  #leftMs(): number {
    return this.#endsAt - performance.now();
  }

  [Symbol.dispose](): void {
    for (const channel of this.#channels.values()) channel.close();
  }
}

/** Why nobody who was meant answers at `target`. */
export function peerError(service: string, target: string, error: RemoteError): PeerError {
  const options = { cause: error };
  if (error.code === status.NOT_FOUND || error.code === status.UNIMPLEMENTED)
    return new PeerError('other', { service, target }, options);
  if (error.code === status.DEADLINE_EXCEEDED) return new PeerError('silent', { service, target }, options);
  const nobody = /ECONNREFUSED|ENOENT/.test(error.message);
  if (nobody) return new PeerError('nobody', { service, target }, options);
  const unresolved = /[Nn]ame resolution|ENOTFOUND|EAI_AGAIN/.test(error.message);
  return new PeerError(unresolved ? 'unresolved' : 'other', { service, target }, options);
}
