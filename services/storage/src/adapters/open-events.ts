import { type Logger, METRICS, type MetricRegistry, processMetrics } from '@exempla/telemetry';
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
  /** Where it is counted. Default: where the whole process is. */
  readonly metrics?: MetricRegistry;
}

export interface OpenEvents {
  readonly log: PostgresEvents;
  readonly queue: AppendQueue;
  readonly tail: SharedTail;
  /** To be called when something was appended past the queue. */
  readonly onAppended: () => void;
  /** Resolves when what was taken is written and nobody listens; calls must have ended before. */
  stop(): Promise<void>;
}

/** How late an event is seen at most when no signal of it arrives. */
const POLL_MS = 250;

export function openEvents(options: EventStoreOptions): OpenEvents {
  const { pool, key, databaseUrl, statementTimeoutMs, log, metrics = processMetrics } = options;
  const events = new PostgresEvents(pool, key, statementTimeoutMs);
  const signal = new PostgresEventSignal({ url: databaseUrl, pool, onProblem: (err, what) => log.warn({ err }, what) });
  const sizes = metrics.histogram(METRICS.eventsBatch);
  const queue = new AppendQueue({
    log: events,
    onBatch: (count) => sizes.record(count),
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
  const stops = [
    metrics.observe(METRICS.eventsWaiting, () => [{ value: queue.stats.events }]),
    metrics.observe(METRICS.eventsSubscriptions, () => [{ value: tail.watchers }]),
  ];
  return {
    log: events,
    queue,
    tail,
    onAppended: () => signal.send(),
    stop: async () => {
      for (const stop of stops) stop();
      await queue.idle();
      await tail.stopped();
    },
  };
}
