import { describe, expect, it } from '@jest/globals';
import {
  EventTail,
  type LogRange,
  type RecordedEvent,
  SharedTail,
  subscribe,
  type SubscriptionPart,
} from '../src/events/index.ts';
import { callOf } from './calls.ts';

const event = (position: bigint): RecordedEvent => ({
  tenant: 'local',
  stream: 'one',
  revision: position,
  position,
  appendTime: new Date(0),
  id: String(position),
  type: 'thing.happened',
  source: '',
  subject: '',
  time: new Date(0),
  data: Buffer.alloc(0),
  contentType: '',
  schema: '',
  correlationId: '',
  causationId: '',
});

/** A log that grows when it is told to; its pages are as long as that of the tail. */
class GrowingLog {
  readonly #events: RecordedEvent[] = [];
  pages = 0;
  looks = 0;
  onPage: (page: number) => void = () => {};

  grow(count: number): void {
    for (let i = 0; i < count; i += 1) this.#events.push(event(BigInt(this.#events.length + 1)));
  }

  head = () => Promise.resolve(BigInt(this.#events.length));

  readLog = (after: bigint, limit: number) => {
    if ((this.looks += 1) > 100) throw new Error('it looks and looks');
    return Promise.resolve(this.#behind(after, limit));
  };

  readAll = (_: unknown, { after = 0n, limit }: LogRange) => {
    this.onPage((this.pages += 1));
    const events = this.#behind(after, limit);
    return Promise.resolve({ events, through: events.at(-1)?.position ?? after, isEnd: events.length === 0 });
  };

  #behind(after: bigint, limit: number): RecordedEvent[] {
    return this.#events.slice(Number(after), Number(after) + limit);
  }
}

/** What a subscription gives until it has caught up: the events it has given by then. */
async function seenWhenCaughtUp(log: GrowingLog, after = 0n): Promise<number> {
  const options = { log, listen: () => () => Promise.resolve(), pollMs: 10_000, onError: () => {} };
  const tail = new SharedTail(() => EventTail.start(options));
  let seen = 0;
  const ports = { log, tail } as unknown as Parameters<typeof subscribe>[0];
  const parts: AsyncGenerator<SubscriptionPart, void> = subscribe(ports, callOf('local'), {
    after,
    filter: { types: [], streamPrefix: '' },
  });
  for await (const part of parts) {
    if (part.type === 'events') seen += part.events.length;
    if (part.type === 'caught-up') break;
  }
  await tail.stopped();
  return seen;
}

describe('a subscription says that it has caught up', () => {
  it('when it is at the end', async () => {
    const log = new GrowingLog();
    log.grow(600);
    expect(await seenWhenCaughtUp(log)).toBe(600);
  });

  it('not where a page of the log has led it beyond the tail, into the midst of an append', async () => {
    const log = new GrowingLog();
    log.grow(600);
    // The second page ends at 1,000, and the tail has looked when there were 600.
    log.onPage = (page) => void (page === 2 && log.grow(450));
    expect(await seenWhenCaughtUp(log)).toBe(1_050);
  });

  it('at a position that nothing has reached yet, without looking again and again', async () => {
    const log = new GrowingLog();
    log.grow(3);
    expect(await seenWhenCaughtUp(log, 1_000n)).toBe(0);
    expect(log.looks).toBeLessThan(5);
  });
});
