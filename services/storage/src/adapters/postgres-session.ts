import pg from 'pg';
import { sendCancel, type CancelTarget } from './postgres-cancel.ts';
import { DatabaseError, notReplicated, statementTooSlow, toDatabaseError } from './database-error.ts';
import { queryAs } from './tenant-query.ts';

/** Longest wait for a cancel request, and for a cancelled statement, before the connection is given up. */
const CANCEL_TIMEOUT_MS = 2_000;

/** What the driver knows of its backend and does not say in its types. */
interface Backend {
  readonly host: string;
  readonly port: number;
  readonly ssl: CancelTarget['ssl'];
  readonly processID: number;
  readonly secretKey: number;
}

function targetOf(client: pg.ClientBase): CancelTarget {
  const { host, port, ssl, processID, secretKey } = client as unknown as Backend;
  return { host, port, ssl, processId: processID, secretKey };
}

function after(ms: number, error: Error): { promise: Promise<never>; stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(error), ms)));
  promise.catch(() => {});
  return { promise, stop: () => clearTimeout(timer) };
}

/** A text, or one that the server shall remember by a name: the same text each time. */
export type Statement = string | { readonly name: string; readonly text: string };

const configOf = (statement: Statement, values: unknown[]): pg.QueryConfig =>
  typeof statement === 'string' ? { text: statement, values } : { ...statement, values };

/** SQLSTATE "warning": none of our statements raises one. */
const WARNING = '01000';
const warned = new WeakSet<pg.ClientBase>();

/**
 * A commit that waits for its synchronous standby and is cancelled, by us or by whoever, is done on this server alone; the
 * server says so in a warning, and then that all went well. Call this once for each connection.
 */
export const watchWarnings = (client: pg.ClientBase): void =>
  void client.on('notice', ({ code }) => void (code === WARNING && warned.add(client)));

/** When a call ends. */
interface CallTime {
  readonly signal: AbortSignal;
  readonly deadline: { remainingMs(): number };
}

/** A connection lent to one call. When the call ends, the server is told to stop the statement that runs. */
export class PostgresSession {
  /** True when the connection is in an unknown state and must not be lent again. */
  isBroken = false;
  readonly #client: pg.ClientBase;
  readonly #signal: AbortSignal;
  readonly #limitMs: () => number;

  /** A statement may take `timeoutMs`, or what is left of the call's time when that is less. */
  constructor(client: pg.ClientBase, work: CallTime, timeoutMs: number) {
    this.#client = client;
    this.#signal = work.signal;
    this.#limitMs = () => Math.max(0, Math.min(timeoutMs, work.deadline.remainingMs()));
  }

  /** Begins a transaction of the tenant; every statement up to its end sees the tenant's rows only. */
  begin(tenant: string): Promise<unknown> {
    return this.run(`begin; select set_config('app.tenant', ${pg.escapeLiteral(tenant)}, true)`);
  }

  run<R extends pg.QueryResultRow>(statement: Statement, values: unknown[] = []): Promise<R[]> {
    return this.#bounded(async () => (await this.#client.query<R>(configOf(statement, values))).rows);
  }

  /** One statement in a transaction of its own, which is the tenant's. */
  runAs<R extends pg.QueryResultRow>(tenant: string, statement: Statement, values: unknown[] = []): Promise<R[]> {
    return this.#bounded(async () => (await queryAs<R>(this.#client, tenant, configOf(statement, values))).rows);
  }

  async #bounded<T>(ask: () => Promise<T>): Promise<T> {
    this.#signal.throwIfAborted();
    warned.delete(this.#client);
    const stop = new Stop(() => sendCancel(targetOf(this.#client), CANCEL_TIMEOUT_MS));
    const limitMs = this.#limitMs();
    const timer = setTimeout(() => stop.now(), limitMs);
    this.#signal.addEventListener('abort', stop.now, { once: true });
    try {
      const answer = await Promise.race([ask(), stop.failed]);
      if (warned.has(this.#client)) throw notReplicated();
      return answer;
    } catch (error) {
      throw this.#explained(error, stop, limitMs);
    } finally {
      clearTimeout(timer);
      this.#signal.removeEventListener('abort', stop.now);
      // A request still on its way could hit the next statement of this connection.
      await stop.finished();
      if (stop.hasFailed) this.isBroken = true;
    }
  }

  /** Not part of the call: it happens also after the call has ended. */
  async rollback(): Promise<void> {
    if (this.isBroken) return;
    const limit = after(CANCEL_TIMEOUT_MS, new Error('rollback was not answered'));
    try {
      await Promise.race([this.#client.query('rollback'), limit.promise]);
    } catch {
      // The server undoes the transaction when the connection closes.
      this.isBroken = true;
    } finally {
      limit.stop();
    }
  }

  #explained(error: unknown, stop: Stop, limitMs: number): unknown {
    const known = toDatabaseError(error, limitMs);
    if (known !== error && !stop.wasAsked) this.isBroken = true;
    if (this.#signal.aborted) return this.#signal.reason;
    if (error instanceof DatabaseError) return error;
    return stop.wasAsked ? statementTooSlow(limitMs, error) : known;
  }
}

/** The one request to stop a statement, made at most once. */
class Stop {
  wasAsked = false;
  hasFailed = false;
  /** Rejects when the statement could not be stopped in time. */
  readonly failed: Promise<never>;
  readonly #send: () => Promise<void>;
  #fail: (error: Error) => void = () => {};
  #sending: Promise<void> = Promise.resolve();
  #limit: NodeJS.Timeout | undefined;

  constructor(send: () => Promise<void>) {
    this.#send = send;
    this.failed = new Promise<never>((_, reject) => (this.#fail = reject));
    this.failed.catch(() => {});
  }

  readonly now = (): void => {
    if (this.wasAsked) return;
    this.wasAsked = true;
    this.#limit = setTimeout(() => this.#giveUp(new Error('the statement was not stopped')), CANCEL_TIMEOUT_MS);
    this.#sending = this.#send().catch((error: unknown) => this.#giveUp(error as Error));
  };

  async finished(): Promise<void> {
    await this.#sending;
    clearTimeout(this.#limit);
  }

  #giveUp(error: Error): void {
    this.hasFailed = true;
    this.#fail(error);
  }
}
