import type { MeshEvent } from '../mesh/mesh.ts';
import { restartDelay, type RestartPolicy } from '../mesh/restart.ts';
import { type PostgresOptions, type RunningPostgres, startPostgres } from './start-postgres.ts';

export interface KeepPostgresOptions extends PostgresOptions {
  /** Data that stays: what is thrown away has nothing to be started again on. */
  dataDir: string;
  restart: RestartPolicy;
  /** Of the service `postgres`; the first start is not among them. */
  onEvent?: (event: MeshEvent) => void;
}

/** A database that outlives its server. */
export interface KeptPostgres extends AsyncDisposable, Pick<RunningPostgres, 'adminUrl' | 'port'> {
  /** The postmaster at this moment. */
  readonly pid: number;
  /** Ends it for good. */
  stop(): Promise<void>;
}

const NAME = 'postgres';

/** Starts PostgreSQL, and starts it again where it was when it ends by itself: its clients know its port. */
export async function keepPostgres(options: KeepPostgresOptions): Promise<KeptPostgres> {
  return new Keeper(options, await startPostgres(options));
}

class Keeper implements KeptPostgres {
  readonly adminUrl: string;
  readonly port: number;
  readonly #options: KeepPostgresOptions;
  readonly #over = new AbortController();
  readonly #kept: Promise<void>;
  #server: RunningPostgres;

  constructor(options: KeepPostgresOptions, server: RunningPostgres) {
    this.adminUrl = server.adminUrl;
    this.port = server.port;
    this.#options = { ...options, port: server.port };
    this.#server = server;
    this.#kept = this.#keep();
  }

  get pid(): number {
    return this.#server.pid;
  }

  async stop(): Promise<void> {
    this.#over.abort();
    await this.#kept;
    await this.#server.stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #keep(): Promise<void> {
    const over = new Promise<undefined>((resolve) =>
      this.#over.signal.addEventListener('abort', () => resolve(undefined), { once: true }),
    );
    let attempt: number | undefined = 0;
    while (attempt !== undefined) {
      const since = performance.now();
      const ending = await Promise.race([this.#server.ended, over]);
      if (!ending) return;
      const how = ending.signal ?? `exit code ${ending.code}`;
      this.#options.onEvent?.({ type: 'ended', service: NAME, pid: this.pid, how });
      // It is gone: this gives the data directory back.
      await this.#server.stop();
      attempt = await this.#startAgain(restartDelay.attemptAfter(attempt, performance.now() - since));
    }
  }

  /** The number of the attempt that succeeded. One fails while processes of the server before still hold its memory. */
  async #startAgain(first: number): Promise<number | undefined> {
    const { restart, onEvent } = this.#options;
    for (let attempt = first; attempt <= restart.maxAttempts; attempt += 1) {
      const delayMs = restartDelay.of(restart, attempt);
      onEvent?.({ type: 'restarting', service: NAME, attempt, delayMs });
      if (!(await restartDelay.wait(delayMs, this.#over.signal))) return undefined;
      if (!(await this.#start())) continue;
      onEvent?.({ type: 'started', service: NAME, pid: this.pid, port: this.port });
      return attempt;
    }
    onEvent?.({ type: 'given-up', service: NAME, attempts: restart.maxAttempts });
    return undefined;
  }

  async #start(): Promise<boolean> {
    try {
      this.#server = await startPostgres(this.#options);
      return true;
    } catch (error) {
      this.#options.log?.(String(error));
      return false;
    }
  }
}
