import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '@exempla/telemetry';
import { DatabaseError, toDatabaseError } from './database-error.ts';

export interface Waiting {
  /** Longest wait for the database to come up. */
  readonly waitMs: number;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 2_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** Refused for who we are or what we ask for: waiting does not help. */
const REFUSED = /^(28|3D000)/;

/** A connection of its own, as soon as the server takes one. The caller ends it. */
export async function connectWhenUp(url: string, { waitMs, log }: Waiting): Promise<pg.Client> {
  const end = performance.now() + waitMs;
  for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(2 * delayMs, MAX_DELAY_MS)) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
    // A connection that breaks later is told by the statement that runs into it.
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      const where = `${client.host}:${client.port}`;
      if (!isPassing(error) || performance.now() + delayMs > end) throw explained(error, where, waitMs);
      log.warn({ where, error: messageOf(error), retryInMs: delayMs }, 'waiting for the database');
      await sleep(delayMs);
    }
  }
}

function isPassing(error: unknown): boolean {
  const { code = '' } = error as { code?: string };
  return !REFUSED.test(code) && toDatabaseError(error, 0) instanceof DatabaseError;
}

/** Of several addresses tried, Node's own message says nothing. */
function messageOf(error: unknown): string {
  const { errors = [error as Error] } = error as Partial<AggregateError>;
  return errors.map(({ message }: Error) => message).join('; ');
}

function explained(error: unknown, where: string, waitMs: number): unknown {
  if (!isPassing(error)) return error;
  return new Error(`the database at ${where} did not come up within ${waitMs / 1000} s: ${messageOf(error)}`, {
    cause: error,
  });
}
