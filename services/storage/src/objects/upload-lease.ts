import { callAside } from './call-aside.ts';
import type { StagedPart } from './object-bytes.ts';
import { ObjectError } from './object-error.ts';
import type { Call } from './object.ts';
import { leaveUpload, recordProgress } from './upload-record.ts';
import type { UploadPorts } from './store-object.ts';

export interface LeaseOptions {
  readonly ports: UploadPorts;
  readonly call: Call;
  readonly id: string;
  readonly writer: string;
  /** Where the part begins. */
  readonly offset: bigint;
  readonly part: StagedPart;
}

/**
 * Tells from time to time how much of an upload is durable, and so that its writer lives. Who has lost the upload is told
 * by `lost`; it can do no harm meanwhile, because its part is its own.
 */
export class UploadLease {
  readonly #options: LeaseOptions;
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #durable = 0n;
  #telling: Promise<void> | undefined;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#tell(), options.ports.keeping.leaseMs / 3).unref();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Bytes were written. Nobody waits for them to be durable. */
  wrote(): void {
    const { part, ports } = this.#options;
    if (part.sizeBytes - this.#durable >= ports.keeping.checkpointBytes) this.#tell();
  }

  /** No more is told after it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#telling;
  }

  /** Stops, makes durable what arrived and lets others go on. Never throws. */
  async leave(): Promise<void> {
    const { ports, id, part, writer } = this.#options;
    await this.stop();
    try {
      const receivedBytes = this.#options.offset + (await part.checkpoint());
      await part.keep();
      await this.#change(leaveUpload({ id, writer, receivedBytes }));
    } catch (cause) {
      await part.keep().catch(() => {});
      ports.keeping.onNotKept(id, cause);
    }
  }

  #tell(): void {
    this.#telling ??= this.#tellOnce().finally(() => (this.#telling = undefined));
  }

  async #tellOnce(): Promise<void> {
    const { id, writer, offset, part, ports } = this.#options;
    // A disk that failed once must not be asked again: it would say that all is well.
    let durable: bigint;
    try {
      durable = await part.checkpoint();
    } catch (error) {
      return this.#lost.abort(error);
    }
    try {
      await this.#change(recordProgress({ id, writer, receivedBytes: offset + durable }, ports.keeping.leaseMs));
      this.#durable = durable;
    } catch (error) {
      // Anything else is an index that is away: the next time may do.
      if (error instanceof ObjectError) this.#lost.abort(error);
    }
  }

  #change(step: ReturnType<typeof leaveUpload>): Promise<unknown> {
    const { ports, call, id } = this.#options;
    return ports.index.changeUpload(callAside(call.tenant, ports.keeping.budgetMs), id, step);
  }
}
