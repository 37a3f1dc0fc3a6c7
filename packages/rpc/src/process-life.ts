import { setTimeout as sleep } from 'node:timers/promises';
import {
  createLogger,
  DEFAULT_BLOCKED_MS,
  flushLogger,
  LOG_LEVELS,
  METRICS,
  processMetrics,
  watchLoop,
  type Logger,
} from '@exempla/telemetry';
import { callFields } from './call-context.ts';
import { useChannelCredentials } from './client/channel.ts';
import { markServing } from './serving.ts';
import { Settings } from './settings.ts';
import { channelCredentials } from './tls.ts';
import { collectYoung } from './young-objects.ts';

/** Something that serves until it is told to stop. */
export interface Running {
  /** Drains and resolves when nothing is left. */
  stop(): Promise<void>;
}

/** Reads and checks the settings; what it returns starts the service. */
export type Prepare = (settings: Settings, logger: Logger) => Promise<() => Promise<Running>>;

/** Platforms kill what has not ended after ten seconds, and then nobody knows why. */
const STOP_LIMIT_MS = 9_000;

/**
 * The life of a service process: read settings, start, listen, and on SIGTERM or SIGINT drain and exit 0. A service that
 * cannot start, or cannot stop because what it waits for does not answer, says why and exits 1. `--print-config` prints
 * the settings, secrets masked, and exits 0.
 */
export async function live(service: string, prepare: Prepare): Promise<void> {
  collectYoung();
  const settings = new Settings(service);
  const asked = settings.text('EXEMPLA_LOG_LEVEL', 'info');
  // That there is no such level is said in the log.
  const logger = serviceLogger(service, LOG_LEVELS.find((level) => level === asked) ?? 'info');
  const exit = async (code: number): Promise<never> => {
    // A thread that is stuck in writing the log would hold up the exit for as long as nobody reads it.
    if (!(await flushLogger(logger))) process.kill(process.pid, 'SIGKILL');
    process.exit(code);
  };
  try {
    settings.choice('EXEMPLA_LOG_LEVEL', 'info', LOG_LEVELS);
    useChannelCredentials(await channelCredentials(process.env));
    const blockedMs = settings.integer('EXEMPLA_LOOP_BLOCKED_MS', DEFAULT_BLOCKED_MS, { min: 0, max: 60_000 });
    const start = await prepare(settings, logger);
    if (process.argv.includes('--print-config')) {
      process.stdout.write(settings.print());
      return await exit(0);
    }
    warnOfUnknown(settings, logger);
    markServing(service);
    const running = await start();
    const watch = blockedMs > 0 ? watchLoop({ logger, limitMs: blockedMs, onBlocked: countBlock }) : undefined;
    const end = (): void =>
      void inTime(Promise.all([running.stop(), watch?.stop()])).then(
        () => exit(0),
        (error: unknown) => {
          logger.fatal({ event: 'stop-failed', err: error }, 'the service did not stop cleanly');
          return exit(1);
        },
      );
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
  } catch (error) {
    logger.fatal({ event: 'start-failed', err: error }, error instanceof Error ? error.message : String(error));
    await exit(1);
  }
}

async function inTime(stopping: Promise<unknown>): Promise<void> {
  const limit = sleep(STOP_LIMIT_MS).then(() => {
    throw new Error(`stopping took longer than ${STOP_LIMIT_MS / 1000} s: something it waits for does not answer`);
  });
  await Promise.race([stopping, limit]);
}

/** From the start on, so that an alert sees the first. */
const blocks = processMetrics.counter(METRICS.loopBlocks);
const countBlock = (): void => blocks.add();

function warnOfUnknown(settings: Settings, logger: Logger): void {
  for (const { name, nearest } of settings.unknown())
    logger.warn({ event: 'unknown-variable', name, nearest }, `${name} is not known: did you mean ${nearest}?`);
}

/** Every line that is written inside a call says which call that is. */
export function serviceLogger(service: string, level: string): Logger {
  return createLogger({ service, level, context: callFields });
}
