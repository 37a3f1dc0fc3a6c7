import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ServingStatus } from '../client/health.ts';
import { mapError } from '../error-mapper.ts';
import { RPC_DOMAIN, watchEnded } from '../status-error.ts';
import { connectionCloses, watchEndsAfterMs, type OpenWatch } from './open-watches.ts';

export interface HealthRequest {
  service: string;
}
export interface HealthReply {
  status: ServingStatus;
}
export type WatchCall = ServerWritableStream<HealthRequest, HealthReply>;

/** A watch without a deadline of its own lasts this long. */
const WATCH_MS = 30 * 60_000;

/** Somebody who is told of each change, and of nothing twice. */
export class HealthWatch implements OpenWatch {
  readonly service: string;
  readonly #call: WatchCall;
  readonly #timer: NodeJS.Timeout;
  #told: ServingStatus | undefined;

  constructor(call: WatchCall) {
    this.service = call.request.service;
    this.#call = call;
    const leftMs = Number(call.getDeadline()) - Date.now();
    this.#timer = setTimeout(() => this.endWatch(), watchEndsAfterMs(Math.min(WATCH_MS, leftMs))).unref();
  }

  get connectionClosing(): boolean {
    return connectionCloses(this.#call);
  }

  tell(now: ServingStatus): void {
    if (now === this.#told) return;
    this.#told = now;
    this.#call.write({ status: now });
  }

  endWatch(): void {
    this.forget();
    if (!this.#call.cancelled) this.#call.emit('error', mapError(watchEnded(), { domain: RPC_DOMAIN, codes: {} }).wire);
  }

  forget(): void {
    clearTimeout(this.#timer);
  }
}
