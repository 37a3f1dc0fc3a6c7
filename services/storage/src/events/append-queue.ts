import { appendQueueFull } from './event-error.ts';
import type { Append, AppendOutcome, Call } from './event.ts';
import type { EventLog } from './event-log.ts';

export interface AppendQueueOptions {
  readonly log: Pick<EventLog, 'append'>;
  /** Told after each batch that added something. */
  readonly onAppended: () => void;
  /** Told of each batch how many events it has. */
  readonly onBatch?: (events: number) => void;
  /** True when the store was not there to answer: every caller is told. Otherwise one of them is to blame. */
  readonly isAway: (error: unknown) => boolean;
  readonly maxWaitingEvents?: number;
  readonly maxWaitingBytes?: number;
}

/** One batch holds the lock of the log for as long as it takes to write this much. */
const MAX_BATCH_EVENTS = 512;
const MAX_BATCH_BYTES = 4 * 1024 * 1024;
/** While one commits, the next one's rows are on their way. */
const MAX_BATCHES = 2;
/**
 * From twice as many on, what waits while nothing is on its way goes in two halves: callers who all waited for one batch
 * come again together, and in one batch they would leave the database idle while they are answered, and be idle after.
 * Fewer are not worth a flush of their own.
 */
const HALF_BATCH_EVENTS = 64;

interface Submission {
  readonly call: Call;
  readonly appends: readonly Append[];
  readonly events: number;
  readonly bytes: number;
  readonly settle: (outcome: AppendOutcome[] | Error) => void;
  isSettled: boolean;
}

interface Weight {
  readonly events: number;
  readonly bytes: number;
}

const NOTHING: Weight = { events: 0, bytes: 0 };

/** Alone it fits, whatever its size: limits on one call are the door's. */
const isTooMuch = (before: Weight, more: Weight, room: Weight): boolean =>
  before.events > 0 && (before.events + more.events > room.events || before.bytes + more.bytes > room.bytes);

/** Its caller is there and has time left. */
const isWanted = ({ isSettled, call }: Submission): boolean => !isSettled && call.deadline.remainingMs() > 0;

const bytesOf = ({ events }: Append): number => events.reduce((sum, { data }) => sum + data.length, 0);
const sumOf = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);

/**
 * Group commit. Appends that come while others are being written go together in the next transaction: alone an append
 * waits for nobody, and under load the cost of a commit is shared by hundreds. A batch belongs to all of its callers, so
 * none of them can cancel it; who leaves, or runs out of time, before his batch is sent is left out of it.
 */
export class AppendQueue {
  readonly #options: AppendQueueOptions;
  #waiting: Submission[] = [];
  #events = 0;
  #bytes = 0;
  /** Of what waits; at most half of the room is one tenant's, so that the others find some. */
  readonly #ofTenants = new Map<string, Weight>();
  #batches = 0;
  #isScheduled = false;
  #onIdle: (() => void)[] = [];

  constructor(options: AppendQueueOptions) {
    this.#options = options;
  }

  /** Events and bytes that wait, and batches on their way. */
  get stats(): { events: number; bytes: number; batches: number } {
    return { events: this.#events, bytes: this.#bytes, batches: this.#batches };
  }

  /** In one transaction; an outcome for each. Rejects with the call's reason when it ends first: it may be done even so. */
  append(call: Call, appends: readonly Append[]): Promise<AppendOutcome[]> {
    call.signal.throwIfAborted();
    const events = sumOf(appends, (append) => append.events.length);
    const bytes = sumOf(appends, bytesOf);
    this.#assertRoom(call, { events, bytes });
    return new Promise((resolve, reject) => {
      const settle = (outcome: AppendOutcome[] | Error): void => {
        if (submission.isSettled) return;
        submission.isSettled = true;
        call.signal.removeEventListener('abort', onAbort);
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
      const onAbort = (): void => settle(call.signal.reason as Error);
      const submission: Submission = { call, appends, events, bytes, settle, isSettled: false };
      call.signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(submission);
      this.#weigh(submission, 1);
      this.#schedule();
    });
  }

  /** Resolves when nothing waits and nothing is on its way. */
  async idle(): Promise<void> {
    if (this.#batches === 0 && this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }

  #assertRoom({ tenant }: Call, more: Weight): void {
    const { maxWaitingEvents = 20_000, maxWaitingBytes = 64 * 1024 * 1024 } = this.#options;
    const room = { events: maxWaitingEvents, bytes: maxWaitingBytes };
    const ofTenant = this.#ofTenants.get(tenant) ?? NOTHING;
    const half = { events: room.events / 2, bytes: room.bytes / 2 };
    if (isTooMuch(this.stats, more, room) || isTooMuch(ofTenant, more, half)) throw appendQueueFull();
  }

  #weigh({ call: { tenant }, events, bytes }: Submission, sign: 1 | -1): void {
    this.#events += sign * events;
    this.#bytes += sign * bytes;
    const before = this.#ofTenants.get(tenant) ?? NOTHING;
    const after = { events: before.events + sign * events, bytes: before.bytes + sign * bytes };
    if (after.events === 0) this.#ofTenants.delete(tenant);
    else this.#ofTenants.set(tenant, after);
  }

  /** After what has arrived by now was read: calls that come together go together. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#batches < MAX_BATCHES) {
      const batch = this.#take();
      if (batch.length === 0) break;
      void this.#send(batch);
    }
    if (this.#batches === 0 && this.#waiting.length === 0) for (const tell of this.#onIdle.splice(0)) tell();
  }

  /** The next batch; those whose caller is gone, or whose time is up, are left out. */
  #take(): Submission[] {
    const batch: Submission[] = [];
    let events = 0;
    let bytes = 0;
    let taken = 0;
    const half = Math.max(HALF_BATCH_EVENTS, Math.ceil(this.#events / 2));
    const most = this.#batches === 0 ? Math.min(half, MAX_BATCH_EVENTS) : MAX_BATCH_EVENTS;
    for (const submission of this.#waiting) {
      const isFull = events + submission.events > most || bytes + submission.bytes > MAX_BATCH_BYTES;
      if (isFull && batch.length > 0) break;
      taken += 1;
      this.#weigh(submission, -1);
      if (!isWanted(submission)) continue;
      batch.push(submission);
      events += submission.events;
      bytes += submission.bytes;
    }
    this.#waiting = this.#waiting.slice(taken);
    if (batch.length > 0) this.#options.onBatch?.(events);
    return batch;
  }

  async #send(batch: Submission[]): Promise<void> {
    this.#batches += 1;
    try {
      await this.#write(batch);
    } finally {
      this.#batches -= 1;
      this.#pump();
    }
  }

  async #write(batch: readonly Submission[]): Promise<void> {
    try {
      const outcomes = await this.#options.log.append(batch.flatMap(({ appends }) => appends));
      if (outcomes.some(({ type }) => type === 'appended')) this.#options.onAppended();
      let next = 0;
      for (const { appends, settle } of batch) settle(outcomes.slice(next, (next += appends.length)));
    } catch (error) {
      if (batch.length === 1 || this.#options.isAway(error)) for (const { settle } of batch) settle(error as Error);
      // Nobody pays for what another one sent.
      else for (const submission of batch) if (isWanted(submission)) await this.#write([submission]);
    }
  }
}
