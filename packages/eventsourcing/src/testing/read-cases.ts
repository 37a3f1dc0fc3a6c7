import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { loadStream, type ReadStream, type RecordedEvent } from '../event-store.ts';
import { type Event, newEvent } from '../message.ts';
import { collect, happened, idsOf, type Kit, load, numbersOf, put, rejectsWith, some, ANY } from './contract-kit.ts';

type Cases = Readonly<Record<string, (kit: Kit) => Promise<void>>>;

const versionsOf = (events: readonly RecordedEvent[]): number[] => events.map(({ version }) => version);

const expectVersions = async ({ store, call }: Kit, read: Omit<ReadStream, 'stream'>, versions: number[]) =>
  deepStrictEqual(versionsOf(await loadStream(store, call, { stream: 's', ...read })), versions);

const expectKept = async (kit: Kit, event: Event): Promise<void> => {
  await put(kit, event.id, [event]);
  const [found] = await load(kit, event.id);
  const { stream, version, position, ...rest } = found!;
  deepStrictEqual(rest, { ...event });
  deepStrictEqual([stream, version, typeof position], [event.id, 1, 'string']);
};

const BATCH = 4;

/** Follows the stream in three ways until nobody writes; gives how many events it has. */
async function readInBatches({ store, call }: Kit, isWriting: () => boolean): Promise<number> {
  let version = 0;
  let after: string | undefined;
  for (let isLast = false; !isLast;) {
    isLast = !isWriting();
    const newer = await loadStream(store, call, { stream: 's', from: version + 1 });
    version += newer.length;
    const logged = await collect(store.readAll(call, { after }));
    after = logged.at(-1)?.position ?? after;
    const newest = await loadStream(store, call, { stream: 's', direction: 'backwards', limit: BATCH });
    for (const events of [newer, logged, newest]) equal(events.length % BATCH, 0);
    if (newest.length > 0) equal(newest[0]!.version % BATCH, 0);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return version;
}

export const STREAM_CASES: Cases = {
  'S2-20: an unknown stream reads empty': async (kit) => {
    deepStrictEqual(await load(kit, 'unknown'), []);
    deepStrictEqual(await loadStream(kit.store, kit.call, { stream: 'unknown', direction: 'backwards' }), []);
  },
  'S2-17, S2-18: what was appended is read in order, from a version on, both ways, up to a limit': async (kit) => {
    await put(kit, 's', some(kit.call, 3));
    await put(kit, 's', some(kit.call, 2));
    await expectVersions(kit, {}, [1, 2, 3, 4, 5]);
    await expectVersions(kit, { from: 1 }, [1, 2, 3, 4, 5]);
    await expectVersions(kit, { from: 4 }, [4, 5]);
    await expectVersions(kit, { from: 6 }, []);
    await expectVersions(kit, { from: 2, limit: 2 }, [2, 3]);
    await expectVersions(kit, { direction: 'backwards' }, [5, 4, 3, 2, 1]);
    await expectVersions(kit, { direction: 'backwards', from: 3 }, [3, 2, 1]);
    await expectVersions(kit, { direction: 'backwards', from: 9, limit: 2 }, [5, 4]);
  },
  'keeps every attribute and the data as they were': async (kit) => {
    const about = {
      source: 'shop/1',
      subject: 'orders/ä 7',
      time: '2026-02-28T23:59:59.123Z',
      schema: 'OrderCreated/v3',
      correlationId: 'c-1',
      causationId: 'k-1',
      tenant: kit.call.tenant,
    };
    const data = { text: 'naïve \u0000 \u2028 😀', list: [1, 2.5, null, true, {}], deep: { er: { '': '' } } };
    await expectKept(kit, newEvent({ type: 'test.Json', data }, about));
    for (const data of [null, '', 'text', 0, [] as unknown[], {}])
      await expectKept(kit, newEvent({ type: 'test.Json', data }, about));
  },
  'keeps bytes as bytes': async (kit) => {
    const data = Uint8Array.from({ length: 256 }, (_, index) => index);
    for (const bytes of [data, new Uint8Array()]) {
      const event = newEvent({ type: 'test.Bytes', data: bytes }, { source: 'contract', tenant: kit.call.tenant });
      await put(kit, event.id, [event]);
      const found = (await load(kit, event.id))[0]!;
      ok(found.data instanceof Uint8Array);
      deepStrictEqual([...found.data], [...bytes]);
      equal(found.contentType, 'application/octet-stream');
    }
  },
  'S2-21: what is given and what is read are copies': async (kit) => {
    const data = { list: [1] };
    const given: Event[] = [{ ...happened(kit.call, 1), data }];
    await put(kit, 's', given);
    data.list.push(2);
    given.length = 0;
    const list = await load(kit, 's');
    const [event] = list;
    list.length = 0;
    ok(!Reflect.set(event!, 'type', 'changed'));
    ok(!Reflect.set((event!.data as typeof data).list, 0, 7));
    deepStrictEqual(
      (await load(kit, 's')).map((one) => one.data),
      [{ list: [1] }],
    );
  },
  'S2-38, S2-40: 100 streams written at once: each has versions 1..n without a gap and only its own': async (kit) => {
    const streams = Array.from({ length: 100 }, (_, index) => `s-${index}`);
    const events = new Map(streams.map((stream, index) => [stream, some(kit.call, 1 + (index % 7), index * 10)]));
    await Promise.all(
      [...events].map(async ([stream, own]) => {
        for (const event of own) await put(kit, stream, [event]);
      }),
    );
    for (const [stream, own] of events) {
      const stored = await load(kit, stream);
      deepStrictEqual(numbersOf(stored), numbersOf(own));
      deepStrictEqual(
        versionsOf(stored),
        own.map((_, index) => index + 1),
      );
    }
  },
  'S2-39: a reader never sees half a batch, 1,000 rounds': async (kit) => {
    const rounds = 1_000;
    let isWriting = true;
    const write = async (): Promise<void> => {
      try {
        for (let round = 0; round < rounds; round += 1) await put(kit, 's', some(kit.call, BATCH, round * BATCH));
      } finally {
        isWriting = false;
      }
    };
    const readers = [readInBatches(kit, () => isWriting), readInBatches(kit, () => isWriting)];
    const [, ...seen] = await Promise.all([write(), ...readers]);
    deepStrictEqual(seen, [rounds * BATCH, rounds * BATCH]);
  },
  'a reader that stops early is no trouble, nor is one that goes on reading while events are added': async (kit) => {
    await put(kit, 's', some(kit.call, 50));
    equal((await collect(kit.store.readStream(kit.call, { stream: 's' }), 3)).length, 3);
    let seen = 0;
    for await (const { version } of kit.store.readStream(kit.call, { stream: 's' })) {
      equal(version, (seen += 1));
      if (seen === 1) await put(kit, 's', some(kit.call, 1));
    }
    ok(seen === 50 || seen === 51);
  },
};

export const TENANT_CASES: Cases = {
  'a tenant sees nothing of another': async (kit) => {
    await put(kit, 's', some(kit.call, 3));
    const theirs: Kit = { store: kit.store, call: { ...kit.call, tenant: `${kit.call.tenant}-other` } };
    deepStrictEqual(await load(theirs, 's'), []);
    deepStrictEqual(await collect(kit.store.readAll(theirs.call, {})), []);
    const events = some(theirs.call, 1);
    equal((await put(theirs, 's', events)).version, 1);
    deepStrictEqual(idsOf(await collect(kit.store.readAll(theirs.call, {}))), idsOf(events));
  },
  'an event of another tenant than the call is refused': async (kit) => {
    const events = [happened(kit.call, 1, { tenant: 'other' })];
    await rejectsWith(kit, { stream: 's', events, expected: ANY }, { name: 'RangeError' });
    deepStrictEqual(await load(kit, 's'), []);
  },
};
