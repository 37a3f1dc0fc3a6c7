import { deepStrictEqual, equal, notEqual, rejects } from 'node:assert/strict';
import type { ExpectedVersion } from '../event-store.ts';
import { ANY, at, EXISTS, happened, idsOf, type Kit, load, NO_STREAM, put, rejectsWith, some } from './contract-kit.ts';

type Cases = Readonly<Record<string, (kit: Kit) => Promise<void>>>;

const expectConflict = (kit: Kit, expected: ExpectedVersion, actual: number): Promise<void> =>
  rejectsWith(
    kit,
    { stream: 's', events: some(kit.call, 1), expected },
    { name: 'ConcurrencyError', stream: 's', expected, actual },
  );

export const EXPECTED_VERSION_CASES: Cases = {
  'any: appends to what is there and to what is not': async (kit) => {
    equal((await put(kit, 's', some(kit.call, 2))).version, 2);
    equal((await put(kit, 's', some(kit.call, 1))).version, 3);
  },
  'no-stream: only the first': async (kit) => {
    const { store, call } = kit;
    await store.append(call, { stream: 's', events: some(call, 2), expected: NO_STREAM });
    await expectConflict(kit, NO_STREAM, 2);
  },
  'exists: not the first': async (kit) => {
    await expectConflict(kit, EXISTS, 0);
    await put(kit, 's', some(kit.call, 1));
    equal((await kit.store.append(kit.call, { stream: 's', events: some(kit.call, 1), expected: EXISTS })).version, 2);
  },
  'exact: at this version only, 0 is no stream': async (kit) => {
    const { store, call } = kit;
    await expectConflict(kit, at(1), 0);
    await store.append(call, { stream: 's', events: some(call, 2), expected: at(0) });
    await expectConflict(kit, at(1), 2);
    await expectConflict(kit, at(3), 2);
    equal((await store.append(call, { stream: 's', events: some(call, 1), expected: at(2) })).version, 3);
  },
  'a refused append leaves nothing': async (kit) => {
    await put(kit, 's', some(kit.call, 1));
    await expectConflict(kit, at(5), 1);
    equal((await load(kit, 's')).length, 1);
    await rejects(() => put(kit, 's', []));
  },
  'S2-22: of two appends at one version one wins, 100 times': async (kit) => {
    for (let version = 0; version < 100; version += 1) {
      const rivals = [1, 2].map((number) => ({
        stream: 's',
        events: [happened(kit.call, number)],
        expected: at(version),
      }));
      const outcomes = await Promise.allSettled(rivals.map((append) => kit.store.append(kit.call, append)));
      const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as object] : []));
      deepStrictEqual(
        refused.map((error) => ({ ...error, name: (error as Error).name })),
        [{ name: 'ConcurrencyError', stream: 's', expected: at(version), actual: version + 1 }],
      );
      const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
      equal((await load(kit, 's')).at(-1)!.id, rivals[winner]!.events[0]!.id);
    }
  },
  '20 parallel appends at any version lose none': async (kit) => {
    const batches = Array.from({ length: 20 }, () => some(kit.call, 3));
    await Promise.all(batches.map((events) => put(kit, 's', events)));
    const stored = await load(kit, 's');
    deepStrictEqual(idsOf(stored).toSorted(), idsOf(batches.flat()).toSorted());
    for (const events of batches) {
      const first = stored.findIndex(({ id }) => id === events[0]!.id);
      deepStrictEqual(idsOf(stored.slice(first, first + 3)), idsOf(events));
    }
  },
};

const expectRepeatable = async (kit: Kit, expected: ExpectedVersion, before: number): Promise<void> => {
  if (before > 0) await put(kit, 's', some(kit.call, before));
  const append = { stream: 's', events: some(kit.call, 3), expected };
  const first = await kit.store.append(kit.call, append);
  await put(kit, 's', some(kit.call, 2));
  const again = await kit.store.append(kit.call, append);
  deepStrictEqual(
    [first, again],
    [
      { version: before + 3, position: first.position, repeated: false },
      { version: before + 3, position: first.position, repeated: true },
    ],
  );
  equal((await load(kit, 's')).length, before + 5);
};

export const IDEMPOTENCE_CASES: Cases = {
  'a repeated append is answered as the first: exact': (kit) => expectRepeatable(kit, at(2), 2),
  'a repeated append is answered as the first: no-stream': (kit) => expectRepeatable(kit, NO_STREAM, 0),
  'a repeated append is answered as the first: any': (kit) => expectRepeatable(kit, ANY, 2),
  'a repeated append is answered as the first: exists': (kit) => expectRepeatable(kit, EXISTS, 2),
  'the same append 20 times at once is stored once': async (kit) => {
    const append = { stream: 's', events: some(kit.call, 3), expected: at(0) };
    const all = await Promise.all(Array.from({ length: 20 }, () => kit.store.append(kit.call, append)));
    equal(all.filter(({ repeated }) => !repeated).length, 1);
    equal(new Set(all.map(({ version, position }) => `${version} ${position}`)).size, 1);
    equal((await load(kit, 's')).length, 3);
  },
  'the same ids with others among them are no repetition': async (kit) => {
    const events = some(kit.call, 2);
    await put(kit, 's', events);
    const reused = { name: 'DuplicateEventError', stream: 's' };
    for (const expected of [ANY, EXISTS, at(2)]) {
      await rejectsWith(kit, { stream: 's', events: [...events, ...some(kit.call, 1)], expected }, reused);
      await rejectsWith(kit, { stream: 's', events: events.toReversed(), expected }, reused);
    }
    await rejectsWith(kit, { stream: 's', events, expected: at(2) }, reused);
    const [twice] = some(kit.call, 1);
    await rejectsWith(kit, { stream: 's', events: [twice!, twice!], expected: ANY }, reused);
    deepStrictEqual(idsOf(await load(kit, 's')), idsOf(events));
  },
  'the same ids with another type or other data are no repetition': async (kit) => {
    const [event] = some(kit.call, 1);
    await put(kit, 's', [event!]);
    const reused = { name: 'DuplicateEventError', stream: 's' };
    for (const other of [
      { ...event!, type: `${event!.type}Otherwise` },
      { ...event!, data: { other: true } },
    ])
      await rejectsWith(kit, { stream: 's', events: [other], expected: ANY }, reused);
    await rejectsWith(
      kit,
      { stream: 's', events: [{ ...event!, data: { other: true } }], expected: NO_STREAM },
      { name: 'ConcurrencyError', stream: 's', expected: NO_STREAM, actual: 1 },
    );
    // When it was said, and by whom, may be told anew.
    equal((await put(kit, 's', [{ ...event!, time: '2001-01-01T00:00:00.000Z' }])).repeated, true);
    equal((await load(kit, 's')).length, 1);
  },
  'another stream may use the same ids': async (kit) => {
    const events = some(kit.call, 2);
    await put(kit, 's', events);
    equal((await put(kit, 'other', events)).repeated, false);
    deepStrictEqual(idsOf(await load(kit, 'other')), idsOf(events));
  },
  'another tenant may use the same ids': async (kit) => {
    const events = some(kit.call, 1);
    await put(kit, 's', events);
    const call = { ...kit.call, tenant: `${kit.call.tenant}-other` };
    const theirs = { store: kit.store, call };
    const own = events.map((event) => ({ ...event, tenant: call.tenant }));
    const appended = await put(theirs, 's', own);
    equal(appended.repeated, false);
    notEqual((await load(theirs, 's'))[0]!.tenant, (await load(kit, 's'))[0]!.tenant);
  },
};
