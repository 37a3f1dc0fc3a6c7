import pg from 'pg';
import { ownWork } from './own-work.ts';
import type { PostgresPool } from './postgres-pool.ts';

export interface EventSignalOptions {
  readonly url: string;
  readonly pool: PostgresPool;
  /** Told of a connection that was lost, and of a signal that could not be sent. */
  readonly onProblem: (error: unknown, what: string) => void;
}

const CHANNEL = 'exempla_events';
const CONNECT_TIMEOUT_MS = 5_000;
const SEND_TIMEOUT_MS = 2_000;
/** A committing NOTIFY takes a lock of the whole server: one for many appends, and never in their transaction. */
const SEND_INTERVAL_MS = 5;
const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 2_000;

/**
 * Tells the tails of all replicas that something was appended. A hint only, which may come late or not at all: tails also
 * look by themselves. What is appended by this process needs no way around by the database.
 */
export class PostgresEventSignal {
  readonly #options: EventSignalOptions;
  readonly #listeners = new Set<() => void>();
  #isSending = false;
  #isAsked = false;

  constructor(options: EventSignalOptions) {
    this.#options = options;
  }

  /** Something was appended by this process. */
  send(): void {
    for (const tell of this.#listeners) tell();
    this.#isAsked = true;
    if (!this.#isSending) void this.#sendAll();
  }

  /** Calls back from now on, until what it returns is called. */
  listen(onAppended: () => void): () => Promise<void> {
    this.#listeners.add(onAppended);
    const listening = new Listening(this.#options, onAppended);
    return async () => {
      this.#listeners.delete(onAppended);
      await listening.stop();
    };
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    while (this.#isAsked) {
      this.#isAsked = false;
      try {
        await this.#options.pool.withoutTenant(ownWork(SEND_TIMEOUT_MS), `notify ${CHANNEL}`);
      } catch (error) {
        this.#options.onProblem(error, 'other replicas were not told of new events; they look by themselves');
      }
      await new Promise((resolve) => setTimeout(resolve, SEND_INTERVAL_MS));
    }
    this.#isSending = false;
  }
}

/** A connection that listens, and is made again when it breaks. */
class Listening {
  readonly #options: EventSignalOptions;
  readonly #onAppended: () => void;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #failures = 0;
  #connecting: Promise<void>;

  constructor(options: EventSignalOptions, onAppended: () => void) {
    this.#options = options;
    this.#onAppended = onAppended;
    this.#connecting = this.#connect();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#connecting;
    await this.#client?.end().catch(() => {});
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#options.url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      application_name: 'exempla-storage-listen',
      keepAlive: true,
    });
    let isLost = false;
    const lose = (error: unknown): void => {
      if (isLost) return;
      isLost = true;
      if (!this.#isStopped) this.#again(error);
    };
    client.on('error', lose);
    client.on('end', () => lose(new Error('the connection was closed')));
    client.on('notification', () => this.#onAppended());
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      this.#client = client;
      this.#failures = 0;
      // What came while nobody listened.
      this.#onAppended();
    } catch (error) {
      // Before the end, which would be told as the cause.
      lose(error);
      await client.end().catch(() => {});
    }
  }

  #again(error: unknown): void {
    this.#options.onProblem(error, 'the connection that listens for new events was lost; it is made again');
    const delayMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#timer = setTimeout(() => {
      this.#connecting = this.#connect();
    }, delayMs);
  }
}
