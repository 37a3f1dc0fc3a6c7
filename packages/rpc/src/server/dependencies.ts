import type { Logger } from '@exempla/telemetry';
import { untilAborted } from '../async-iteration.ts';
import type { HealthService } from './health-service.ts';

/** Something without which a service cannot answer at all, such as its own database. Never another service: see docs. */
export interface Dependency {
  readonly name: string;
  /** Rejects when it is away. The signal aborts when the check has taken too long. */
  check(signal: AbortSignal): Promise<void>;
  /** The services that cannot do without it; every one when absent. */
  readonly services?: readonly string[];
}

/** How often each dependency is looked at, and how long it may take to answer. */
export interface DependencyTimes {
  everyMs: number;
  deadlineMs: number;
}

const TIMES: DependencyTimes = { everyMs: 3_000, deadlineMs: 2_000 };
/** One failed check may be an accident. */
const FAILURES_TO_BE_AWAY = 2;

/** Looks after the dependencies of a server and tells its health. Each change is logged once, with its cause. */
export class DependencyChecks {
  readonly #watched: readonly WatchedDependency[];

  constructor(
    dependencies: readonly Dependency[],
    parts: { health: HealthService; logger: Logger; times?: DependencyTimes },
  ) {
    const times = parts.times ?? TIMES;
    this.#watched = dependencies.map((dependency) => new WatchedDependency(dependency, { ...parts, times }));
  }

  /** Resolves when each has been looked at once: what is away at the start is known before the first call. */
  async start(): Promise<void> {
    await Promise.all(this.#watched.map((one) => one.start()));
  }

  stop(): void {
    for (const one of this.#watched) one.stop();
  }
}

class WatchedDependency {
  readonly #dependency: Dependency;
  readonly #parts: { health: HealthService; logger: Logger; times: DependencyTimes };
  #failures = FAILURES_TO_BE_AWAY - 1;
  #away = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(dependency: Dependency, parts: { health: HealthService; logger: Logger; times: DependencyTimes }) {
    this.#dependency = dependency;
    this.#parts = parts;
  }

  async start(): Promise<void> {
    await this.#look();
    this.#plan();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #plan(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.start(), this.#parts.times.everyMs).unref();
  }

  async #look(): Promise<void> {
    const { deadlineMs } = this.#parts.times;
    const late = new AbortController();
    const reason = new Error(`no answer within ${deadlineMs} ms`);
    const timer = setTimeout(() => late.abort(reason), deadlineMs).unref();
    try {
      await untilAborted(this.#dependency.check(late.signal), late.signal);
      this.#present();
    } catch (error) {
      this.#failed(error);
    } finally {
      clearTimeout(timer);
    }
  }

  #present(): void {
    this.#failures = 0;
    if (!this.#away || this.#stopped) return;
    this.#away = false;
    this.#parts.health.dependencyBack(this.#dependency.name);
    this.#parts.logger.info({ event: 'dependency-back', dependency: this.#dependency.name }, 'serving again');
  }

  #failed(cause: unknown): void {
    this.#failures += 1;
    if (this.#away || this.#stopped || this.#failures < FAILURES_TO_BE_AWAY) return;
    this.#away = true;
    const { name, services } = this.#dependency;
    this.#parts.health.dependencyAway(name, services);
    this.#parts.logger.error({ event: 'dependency-away', dependency: name, err: cause }, `not serving without ${name}`);
  }
}
