import { deepStrictEqual, equal, rejects } from 'node:assert/strict';
import type { Call, Delivery, ReadAll } from '../event-store.ts';
import { ANY, collect, happened, type Kit, load, numbersOf, put, some, told } from './contract-kit.ts';

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
    // No wildcards of any language.
    deepStrictEqual(await read(kit, { streamPrefix: 'order_' }), []);
    deepStrictEqual(await read(kit, { streamPrefix: '%' }), []);
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

/** What is delivered, until `count` are; `onDelivery` may append. */
async function follow(
  { store, call }: Kit,
  what: Omit<ReadAll, 'limit'>,
  { count, onDelivery }: { count: number; onDelivery?: (delivery: Delivery) => Promise<unknown> },
): Promise<Delivery[]> {
  const own = endable(call);
  const deliveries: Delivery[] = [];
  try {
    for await (const delivery of store.subscribe(own.call, what)) {
      deliveries.push(delivery);
      await onDelivery?.(delivery);
      if (deliveries.length >= count) break;
    }
  } finally {
    own.end();
  }
  return deliveries;
}

export const SUBSCRIPTION_CASES: Cases = {
  'a subscription gives what is there, says so, and goes on with what is new': async (kit) => {
    await put(kit, 'a', some(kit.call, 3, 1));
    const onDelivery = async ({ type }: Delivery): Promise<void> => {
      if (type === 'caught-up')
        await Promise.all([put(kit, 'a', some(kit.call, 2, 4)), put(kit, 'b', some(kit.call, 2, 4))]);
    };
    const deliveries = await follow(kit, {}, { count: 8, onDelivery });
    deepStrictEqual(deliveries.map(told), [1, 2, 3, 'caught-up', 4, 5, 4, 5]);
  },
  'a subscription to nothing is caught up at once': async (kit) => {
    deepStrictEqual((await follow(kit, {}, { count: 1 })).map(told), ['caught-up']);
  },
  'a subscription resumes after a position, and filters': async (kit) => {
    await put(kit, 'a', some(kit.call, 5, 1));
    const [first] = await follow(kit, { types: ['test.Even'] }, { count: 1 });
    if (first?.type !== 'event') throw new Error('the first delivery is an event');
    const onDelivery = async ({ type }: Delivery): Promise<void> => {
      if (type !== 'caught-up') return;
      await put(kit, 'a', some(kit.call, 1, 6));
      await put(kit, 'other', some(kit.call, 2, 7));
      await put(kit, 'a', some(kit.call, 2, 9));
    };
    const what = { after: first.event.position, types: ['test.Even'], streamPrefix: 'a' };
    deepStrictEqual((await follow(kit, what, { count: 4, onDelivery })).map(told), [4, 'caught-up', 6, 10]);
  },
  'subscribers see every event once and in the same order while 8 writers write': async (kit) => {
    const total = 8 * 25;
    await put(kit, 'a', [happened(kit.call, 0)]);
    const writer = async (index: number): Promise<void> => {
      for (let round = 0; round < 25; round += 1) await put(kit, `w-${index}`, [happened(kit.call, index)]);
    };
    // The events, and the sign that the subscriber has caught up, wherever it falls.
    const subscriber = () => follow(kit, {}, { count: 1 + total + 1 });
    const [one, other] = await Promise.all([
      subscriber(),
      subscriber(),
      ...Array.from({ length: 8 }, (_, i) => writer(i)),
    ]);
    const ids = (deliveries: readonly Delivery[]): string[] =>
      deliveries.flatMap((delivery) => (delivery.type === 'event' ? [delivery.event.id] : []));
    const all = (await collect(kit.store.readAll(kit.call, {}))).map(({ id }) => id);
    equal(all.length, total + 1);
    deepStrictEqual(ids(one as Delivery[]), all);
    deepStrictEqual(ids(other as Delivery[]), all);
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
