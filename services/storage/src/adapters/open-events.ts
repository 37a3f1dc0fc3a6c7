import type { Logger } from '@exempla/telemetry';
import { AppendQueue, EventTail, SharedTail } from '../events/index.ts';
import { DatabaseError } from './database-error.ts';
import type { PageTokenKey } from './page-token-key.ts';
import { PostgresEvents } from './postgres-events.ts';
import { PostgresEventSignal } from './postgres-event-signal.ts';
import type { PostgresPool } from './postgres-pool.ts';

export interface EventStoreOptions {
  readonly pool: PostgresPool;
  readonly key: PageTokenKey;
  readonly databaseUrl: string;
  readonly statementTimeoutMs: number;
  readonly log: Pick<Logger, 'warn'>;
}

export interface OpenEvents {
  readonly log: PostgresEvents;
  readonly queue: AppendQueue;
  readonly tail: SharedTail;
  /** Resolves when what was taken is written and nobody listens; calls must have ended before. */
  stop(): Promise<void>;
}

/** How late an event is seen at most when no signal of it arrives. */
const POLL_MS = 250;

export function openEvents({ pool, key, databaseUrl, statementTimeoutMs, log }: EventStoreOptions): OpenEvents {
  const events = new PostgresEvents(pool, key, statementTimeoutMs);
  const signal = new PostgresEventSignal({ url: databaseUrl, pool, onProblem: (err, what) => log.warn({ err }, what) });
  const queue = new AppendQueue({
    log: events,
    onAppended: () => signal.send(),
    isAway: (error) => error instanceof DatabaseError,
  });
  const tail = new SharedTail(() =>
    EventTail.start({
      log: events,
      listen: (onAppended) => signal.listen(onAppended),
      pollMs: POLL_MS,
      onError: (err) => log.warn({ err }, 'the log could not be followed; it is tried again'),
    }),
  );
  return {
    log: events,
    queue,
    tail,
    stop: async () => {
      await queue.idle();
      await tail.stopped();
    },
  };
}
