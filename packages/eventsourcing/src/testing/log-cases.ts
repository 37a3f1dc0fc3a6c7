import { deepStrictEqual, equal, rejects } from 'node:assert/strict';
import type { Call, Delivery, ReadAll, RecordedEvent } from '../event-store.ts';
import { ANY, collect, happened, idsOf, type Kit, load, numbersOf, put, some, told } from './contract-kit.ts';

type Cases = Readonly<Record<string, (kit: Kit) => Promise<void>>>;

const read = async ({ store, call }: Kit, what: ReadAll): Promise<unknown[]> =>
  numbersOf(await collect(store.readAll(call, what)));

export const LOG_CASES: Cases = {
  'readAll gives everything in order of commit, from a position on': async (kit) => {
    await put(kit, 'a', some(kit.call, 2, 1));
    await put(kit, 'b', some(kit.call, 1, 3));
    const { position } = await put(kit, 'a', some(kit.call, 1, 4));
    await put(kit, 'b', some(kit.call, 2, 5));
    deepStrictEqual(await read(kit, {}), [1, 2, 3, 4, 5, 6]);
    deepStrictEqual(await read(kit, { after: position }), [5, 6]);
    const all = await collect(kit.store.readAll(kit.call, {}));
    deepStrictEqual(await read(kit, { after: all[1]!.position, limit: 2 }), [3, 4]);
    deepStrictEqual(await read(kit, { after: all.at(-1)!.position }), []);
  },
  'readAll filters by type and by the beginning of the stream': async (kit) => {
    await put(kit, 'order-1', some(kit.call, 3, 1));
    await put(kit, 'orders', some(kit.call, 3, 4));
    await put(kit, 'invoice-1', some(kit.call, 3, 7));
    deepStrictEqual(await read(kit, { types: ['test.Even'] }), [2, 4, 6, 8]);
    deepStrictEqual(await read(kit, { types: ['test.Even', 'test.Odd'], limit: 4 }), [1, 2, 3, 4]);
    deepStrictEqual(await read(kit, { types: ['unknown'] }), []);
    deepStrictEqual(await read(kit, { streamPrefix: 'order-' }), [1, 2, 3]);
    deepStrictEqual(await read(kit, { streamPrefix: 'order', types: ['test.Even'] }), [2, 4, 6]);
    deepStrictEqual(await read(kit, { types: [], streamPrefix: 'invoice' }), [7, 8, 9]);
    // No wildcard of any language.
    deepStrictEqual(await read(kit, { streamPrefix: 'order_' }), []);
  },
};

/** A call that the case itself ends, as whoever reads a subscription does. */
function endable(call: Call): { readonly call: Call; readonly end: () => void } {
  const controller = new AbortController();
  return {
    call: { ...call, signal: AbortSignal.any([call.signal, controller.signal]) },
    end: () => controller.abort(new Error('that was enough')),
  };
}

interface Following {
  /** Ends after so many. */
  readonly events: number;
  readonly onCaughtUp?: () => Promise<unknown>;
}

/** What is delivered until the last of so many events; `onCaughtUp` is called once and may append. */
async function follow(
  { store, call }: Kit,
  what: Omit<ReadAll, 'limit'>,
  { events, onCaughtUp }: Following,
): Promise<Delivery[]> {
  const own = endable(call);
  const deliveries: Delivery[] = [];
  try {
    for await (const delivery of store.subscribe(own.call, what)) {
      const isFirst = !deliveries.some(({ type }) => type === 'caught-up');
      deliveries.push(delivery);
      if (delivery.type === 'caught-up' && isFirst) await onCaughtUp?.();
      if (eventsOf(deliveries).length >= events && (events > 0 || delivery.type === 'caught-up')) break;
    }
  } finally {
    own.end();
  }
  return deliveries;
}

const eventsOf = (deliveries: readonly Delivery[]): RecordedEvent[] =>
  deliveries.flatMap((delivery) => (delivery.type === 'event' ? [delivery.event] : []));

export const SUBSCRIPTION_CASES: Cases = {
  'a subscription gives what is there, says so, and goes on with what is new': async (kit) => {
    await put(kit, 'a', some(kit.call, 3, 1));
    const onCaughtUp = async (): Promise<void> => {
      await put(kit, 'a', some(kit.call, 2, 4));
      await put(kit, 'b', some(kit.call, 2, 6));
    };
    const deliveries = await follow(kit, {}, { events: 7, onCaughtUp });
    deepStrictEqual(deliveries.slice(0, 4).map(told), [1, 2, 3, 'caught-up']);
    deepStrictEqual(numbersOf(eventsOf(deliveries)), [1, 2, 3, 4, 5, 6, 7]);
  },
  'a subscription to nothing is caught up at once': async (kit) => {
    deepStrictEqual((await follow(kit, {}, { events: 0 })).map(told), ['caught-up']);
  },
  'a subscription resumes after a position, and filters': async (kit) => {
    await put(kit, 'a', some(kit.call, 5, 1));
    const [first] = eventsOf(await follow(kit, { types: ['test.Even'] }, { events: 1 }));
    const onCaughtUp = async (): Promise<void> => {
      await put(kit, 'a', some(kit.call, 1, 6));
      await put(kit, 'other', some(kit.call, 2, 7));
      await put(kit, 'a', some(kit.call, 2, 9));
    };
    const what = { after: first!.position, types: ['test.Even'], streamPrefix: 'a' };
    deepStrictEqual(numbersOf(eventsOf(await follow(kit, what, { events: 3, onCaughtUp }))), [4, 6, 10]);
  },
  'a subscription resumes where it had caught up, also when nothing of interest came': async (kit) => {
    await put(kit, 'a', some(kit.call, 5, 1));
    const deliveries = await follow(kit, { types: ['unknown'] }, { events: 0 });
    const last = deliveries.at(-1)!;
    if (last.type === 'event') throw new Error('no event is of interest');
    await put(kit, 'a', some(kit.call, 2, 6));
    deepStrictEqual(await read(kit, { after: last.position }), [6, 7]);
  },
  'subscribers see every event once and in the same order while 8 writers write': async (kit) => {
    const events = 1 + 8 * 25;
    await put(kit, 'a', [happened(kit.call, 0)]);
    const writer = async (index: number): Promise<void> => {
      for (let round = 0; round < 25; round += 1) await put(kit, `w-${index}`, [happened(kit.call, index)]);
    };
    const seen = [follow(kit, {}, { events }), follow(kit, {}, { events })];
    await Promise.all(Array.from({ length: 8 }, (_, index) => writer(index)));
    const all = idsOf(await collect(kit.store.readAll(kit.call, {})));
    equal(all.length, events);
    for (const deliveries of await Promise.all(seen)) deepStrictEqual(idsOf(eventsOf(deliveries)), all);
  },
};

export const SIGNAL_CASES: Cases = {
  'stops for a caller who has left': async (kit) => {
    await put(kit, 's', some(kit.call, 1));
    const call: Call = { ...kit.call, signal: AbortSignal.abort(new Error('left')) };
    const gone: Kit = { store: kit.store, call };
    const left = { message: 'left' };
    await rejects(() => kit.store.append(call, { stream: 's', events: some(call, 1), expected: ANY }), left);
    await rejects(() => load(gone, 's'), left);
    await rejects(() => collect(kit.store.readAll(call, {})), left);
    await rejects(() => collect(kit.store.subscribe(call, {})), left);
    equal((await load(kit, 's')).length, 1);
  },
  'a subscription that waits for events ends with the reason of the signal': async (kit) => {
    const { call, end } = endable(kit.call);
    const reading = (async () => {
      for await (const { type } of kit.store.subscribe(call, {})) if (type === 'caught-up') setImmediate(end);
    })();
    await rejects(reading, { message: 'that was enough' });
  },
};
