import { url as debuggedAt } from 'node:inspector';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Logger } from '../logger.ts';
import { culpritOf, describeFrame } from './culprit.ts';
import { Heartbeat, type Sighting, type WatcherData } from './heartbeat.ts';

/** A time in which the event loop did not turn. */
export interface LoopBlock {
  readonly blockedMs: number;
  /** Function, file and line that held it; undefined when nobody could look. */
  readonly culprit: string | undefined;
  /** Innermost first, at most ten. */
  readonly stack: readonly string[];
}

export interface LoopWatchOptions {
  readonly logger: Logger;
  /** A loop that stands still for longer is blocked. Default 50 ms. */
  readonly limitMs?: number;
  readonly onBlocked?: (block: LoopBlock) => void;
}

export interface LoopWatch {
  stop(): Promise<void>;
}

export const DEFAULT_BLOCKED_MS = 50;
const BUSY_BEAT_MS = 25;
/** Waking a process that sleeps costs as much as a small call, forty times a second a hundredth of a core. */
const IDLE_BEAT_MS = 200;
/** Of its time a loop that is not idle works at least so much. */
const BUSY_SHARE = 0.02;
/** What the watcher saw is here by then. */
const SIGHTING_MS = 50;
/** No more than a line in this time, however often it happens. */
const LINE_EVERY_MS = 1_000;
const WATCHER = new URL(`./loop-watch.worker${extname(import.meta.url)}`, import.meta.url);
const LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };

/**
 * Says when something held the event loop, and what: a beat from the loop, and a thread that looks where the main thread
 * is while no beat comes. Keeps no process alive. Without the thread (somebody debugs, or threads are forbidden) it says
 * how long, and not what.
 */
export function watchLoop({ logger, limitMs = DEFAULT_BLOCKED_MS, onBlocked }: LoopWatchOptions): LoopWatch {
  const heartbeat = new Heartbeat();
  let sighting: Sighting | undefined;
  const watcher = startWatcher({ heartbeat: heartbeat.memory, limitMs }, logger, (seen) => (sighting = seen));

  const say = reporter(logger, onBlocked);
  const turned = (): void => {
    const [blockedMs, before] = [heartbeat.lateMs(), heartbeat.last];
    if (blockedMs <= limitMs) return;
    setTimeout(() => say(blockedMs, sighting?.beat === before ? sighting : undefined), SIGHTING_MS).unref();
  };
  const heart = new Heart(heartbeat, turned);
  return {
    stop: async () => {
      heart.stop();
      await watcher?.terminate();
    },
  };
}

/** Beats as often as there is something to watch. */
class Heart {
  readonly #heartbeat: Heartbeat;
  readonly #turned: () => void;
  #timer: NodeJS.Timeout | undefined;
  #used = performance.eventLoopUtilization();

  /** `turned` is called before each beat but the first. */
  constructor(heartbeat: Heartbeat, turned: () => void) {
    this.#heartbeat = heartbeat;
    this.#turned = turned;
    this.#beat();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #beat(): void {
    const before = this.#used;
    this.#used = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(this.#used, before);
    const nextAfterMs = utilization < BUSY_SHARE ? IDLE_BEAT_MS : BUSY_BEAT_MS;
    this.#heartbeat.beat(nextAfterMs);
    this.#timer = setTimeout(() => {
      this.#turned();
      this.#beat();
    }, nextAfterMs).unref();
  }
}

/** Undefined where there cannot be one, which is said once. */
function startWatcher(data: WatcherData, logger: Logger, saw: (sighting: Sighting) => void): Worker | undefined {
  // Whoever debugs stops the loop on purpose, and two who stop it get in each other's way.
  if (debuggedAt() !== undefined) return undefined;
  const lost = (err: unknown): void =>
    logger.warn({ event: 'loop-watch-lost', err }, 'what blocks the event loop will not be named');
  try {
    const worker = new Worker(WATCHER, { name: 'loop-watch', workerData: data, execArgv: [], resourceLimits: LIMITS });
    worker.on('message', saw);
    worker.on('error', lost);
    // After the listeners: the first of them would hold the process again.
    worker.unref();
    return worker;
  } catch (error) {
    lost(error);
    return undefined;
  }
}

function reporter(
  logger: Logger,
  onBlocked: LoopWatchOptions['onBlocked'],
): (blockedMs: number, sighting: Sighting | undefined) => void {
  let lastLine = -Infinity;
  let unsaid = 0;
  return (blockedMs, sighting) => {
    const frames = sighting?.frames ?? [];
    const held = culpritOf(frames);
    const culprit = held && describeFrame(held);
    const block = { blockedMs: Math.round(blockedMs), culprit, stack: frames.map((frame) => describeFrame(frame)) };
    onBlocked?.(block);
    if (performance.now() - lastLine < LINE_EVERY_MS) return void (unsaid += 1);
    lastLine = performance.now();
    const before = unsaid > 0 ? { unsaidBefore: unsaid } : {};
    unsaid = 0;
    logger.warn({ event: 'loop-blocked', ...block, ...before }, `${culprit ?? 'something'} held the event loop`);
  };
}
