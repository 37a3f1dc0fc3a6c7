import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Barrier, gate } from '@exempla/testing';
import { createChild, deleteChild, findChild, listChildren, updateChild } from '../src/children/index.ts';
import type { Call, ListPage, RecordOf } from '../src/records/index.ts';
import type { StoryStore } from '../src/stories/index.ts';
import { callOf } from './calls.ts';
import { childOf, type Kind, KINDS, newRecord } from './record-fixtures.ts';

const tenant = (signal?: AbortSignal): Call => callOf(`t-${randomUUID()}`, signal ? { signal } : {});
const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** What every RecordStore does. Each test has a tenant of its own. */
export function recordStoreContract(make: () => Promise<StoryStore>): void {
  let store: StoryStore;
  beforeAll(async () => {
    store = await make();
  });

  describe.each(KINDS)('$name', (kind) => {
    repositoryContract(() => store, kind);
  });

  describe('a transaction', () => {
    const names = async (call: Call): Promise<string[]> => {
      const { items } = await store.reading(call).children.findAll({}, { after: undefined, limit: 50 });
      return items.map(({ displayName }) => displayName).sort();
    };
    const child = (displayName: string) => newRecord(childOf({ displayName }));

    it('is rolled back when it throws, whole', async () => {
      const call = tenant();
      const refusal = new Error('refused');
      const work = store.withTransaction(call, async ({ children }) => {
        await children.save(child('one'));
        await children.save(child('two'));
        throw refusal;
      });
      await expect(work).rejects.toBe(refusal);
      expect(await names(call)).toEqual([]);
    });

    it('is rolled back when its call ends, also after its last statement', async () => {
      const leaving = new AbortController();
      const call = tenant(leaving.signal);
      const work = store.withTransaction(call, async ({ children }) => {
        await children.save(child('one'));
        leaving.abort(new Error('left'));
      });
      await expect(work).rejects.toThrow('left');
      expect(await names({ ...call, signal: new AbortController().signal })).toEqual([]);
    });

    it('ends a wait for another one when its call ends', async () => {
      const holder = tenant();
      const leaving = new AbortController();
      const [held, free] = [gate(), gate()];
      const holding = store.withTransaction(holder, async ({ children }) => {
        await children.save(child('one'));
        held.open();
        await free.promise;
      });
      await held.promise;
      const waiting = store.withTransaction({ ...holder, signal: leaving.signal }, ({ children }) =>
        children.save(child('one')),
      );
      leaving.abort(new Error('left'));
      await expect(waiting).rejects.toThrow('left');
      free.open();
      await holding;
      expect(await names(holder)).toEqual(['one']);
    });

    it('sees nothing of another that is not committed, nor does anybody else', async () => {
      const call = tenant();
      const [bothWrote, bothLooked] = [new Barrier(2), new Barrier(2)];
      const work = (name: string) =>
        store.withTransaction(call, async ({ children }) => {
          await children.save(child(name));
          await bothWrote.wait();
          const seen = await children.findAll({}, { after: undefined, limit: 9 });
          const outside = await names(call);
          await bothLooked.wait();
          return [seen.items.map(({ displayName }) => displayName), outside];
        });
      expect(await Promise.all([work('one'), work('two')])).toEqual([
        [['one'], []],
        [['two'], []],
      ]);
      expect(await names(call)).toEqual(['one', 'two']);
    });
  });

  describe('children', () => {
    it('are one when 20 create the same at once', async () => {
      const call = tenant();
      const all = await Promise.all(
        times(20, (i) =>
          createChild(store, call, {
            content: childOf({ interests: [`interest ${i}`] }),
            requestId: `r-${i % 3}-${i}`,
          }),
        ),
      );
      expect(new Set(all.map(({ id }) => id)).size).toBe(1);
      const { items } = await listChildren(store, call, { pageSize: 9, pageToken: '' });
      expect(items).toEqual([all[0]]);
    });

    it('wait for one that is just being stored, and come to life when it is not', async () => {
      const call = tenant();
      const [held, free] = [gate(), gate()];
      const failing = store.withTransaction(call, async ({ children }) => {
        await children.save(newRecord(childOf()));
        held.open();
        await free.promise;
        throw new Error('refused');
      });
      await held.promise;
      const waiting = createChild(store, call, { content: childOf(), requestId: '' });
      await expect(findChild(store, call, childOf())).rejects.toMatchObject({ reason: 'CHILD_NOT_FOUND' });
      free.open();
      await expect(failing).rejects.toThrow('refused');
      const created = await waiting;
      expect(await findChild(store, call, childOf())).toEqual(created);
    });

    it.each([
      ['letter case and space', { displayName: '  MILA ' }],
      ['interests', { interests: ['trains'] }],
    ])('are the same whatever their %s', async (_, change) => {
      const call = tenant();
      const first = await createChild(store, call, { content: childOf(), requestId: '' });
      expect(await createChild(store, call, { content: childOf(change), requestId: 'r' })).toEqual(first);
      expect(await findChild(store, call, childOf(change))).toEqual(first);
    });

    it.each([
      ['name', { displayName: 'Milan' }],
      ['years', { age: { type: 'years', years: 6 } }],
      ['kind of age', { age: { type: 'group', group: '3_TO_5' } }],
      ['gender', { gender: 'OTHER' }],
    ] as const)('differ by %s', async (_, change) => {
      const call = tenant();
      const first = await createChild(store, call, { content: childOf(), requestId: '' });
      await expect(findChild(store, call, childOf(change))).rejects.toMatchObject({ reason: 'CHILD_NOT_FOUND' });
      const second = await createChild(store, call, { content: childOf(change), requestId: '' });
      expect(second.id).not.toBe(first.id);
      expect(second).toMatchObject(childOf(change));
    });

    it('of two tenants have nothing to do with each other', async () => {
      const [one, other] = [tenant(), tenant()];
      const first = await createChild(store, one, { content: childOf(), requestId: 'r' });
      await expect(findChild(store, other, childOf())).rejects.toMatchObject({ reason: 'CHILD_NOT_FOUND' });
      expect((await createChild(store, other, { content: childOf(), requestId: 'r' })).id).not.toBe(first.id);
    });

    it('cannot become another that is there', async () => {
      const call = tenant();
      await createChild(store, call, { content: childOf(), requestId: '' });
      const { id } = await createChild(store, call, { content: childOf({ displayName: 'Ben' }), requestId: '' });
      const change = { id, etag: '', mask: ['display_name'], values: childOf({ displayName: 'mila' }) };
      await expect(updateChild(store, call, change)).rejects.toMatchObject({ reason: 'CHILD_EXISTS' });
      const same = { id, etag: '', mask: ['display_name'], values: childOf({ displayName: 'BEN' }) };
      expect((await updateChild(store, call, same)).displayName).toBe('BEN');
    });

    it('cannot take each other’s place at once', async () => {
      const call = tenant();
      const names = ['Mila', 'Ben'];
      const made = await Promise.all(
        names.map((displayName) => createChild(store, call, { content: childOf({ displayName }), requestId: '' })),
      );
      const bothHold = new Barrier(2);
      const swap = (i: number) =>
        store.withTransaction(call, async ({ children }) => {
          const child = await children.findForChange(made[i]!.id);
          // The old name is given up, but not for others yet: each waits for the other to end.
          await children.update(child!.id, { ...child!, displayName: `neither ${i}` }, 'e');
          await bothHold.wait();
          return children.update(child!.id, { ...child!, displayName: names[1 - i]! }, 'e');
        });
      const outcomes = await Promise.allSettled([swap(0), swap(1)]);
      const exists = { status: 'rejected', reason: expect.objectContaining({ reason: 'CHILD_EXISTS' }) };
      expect(outcomes).toEqual([exists, exists]);
    });

    it('that are deleted can be created again', async () => {
      const call = tenant();
      const first = await createChild(store, call, { content: childOf(), requestId: 'r' });
      await deleteChild(store, call, { id: first.id, etag: first.etag });
      const again = await createChild(store, call, { content: childOf(), requestId: 'r' });
      expect(again.id).not.toBe(first.id);
    });
  });
}

/** What every repository does. */
function repositoryContract(storeOf: () => StoryStore, { of, content }: Kind): void {
  const save = (call: Call, number: number, request?: { id: string; fingerprint: string }) =>
    storeOf().withTransaction(call, async (unit) => of(unit).save(newRecord(await content(unit, number), request)));
  const saved = async (call: Call, number: number): Promise<RecordOf<object>> => {
    const record = await save(call, number);
    if (!record) throw new Error('taken');
    return record;
  };
  const reading = (call: Call) => of(storeOf().reading(call));
  const list = (call: Call, page: Partial<ListPage> = {}) =>
    reading(call).findAll({}, { after: undefined, limit: 50, ...page });

  it('gives back everything it was given, with times', async () => {
    const call = tenant();
    const [given, stored] = await storeOf().withTransaction(call, async (unit) => {
      const record = newRecord(await content(unit, 1));
      return [record, await of(unit).save(record)];
    });
    const { createTime, updateTime, ...rest } = stored!;
    expect(rest).toEqual({ ...given.content, id: given.id, etag: given.etag });
    expect(createTime).toEqual(updateTime);
    expect(Math.abs(createTime.getTime() - Date.now())).toBeLessThan(60_000);
    expect(await reading(call).findById(given.id)).toEqual(stored);
  });

  it('hides it from every other tenant', async () => {
    const [owner, stranger] = [tenant(), tenant()];
    const request = { id: 'r', fingerprint: 'f' };
    const record = await save(owner, 1, request);
    const id = record?.id ?? '';
    expect(await reading(stranger).findById(id)).toBeUndefined();
    expect(await reading(stranger).findByRequest('r')).toBeUndefined();
    expect(await list(stranger)).toEqual({ items: [], more: false });
    const [found, gone] = await storeOf().withTransaction(stranger, async (unit) => [
      await of(unit).findForChange(id),
      await of(unit).delete(id),
    ]);
    expect([found, gone]).toEqual([undefined, false]);
    expect(await reading(owner).findById(id)).toEqual(record);
    expect(await save(stranger, 1, request)).toBeDefined();
  });

  it('stores one request once, and tells what it asked for', async () => {
    const call = tenant();
    const all = await Promise.all(times(20, (i) => save(call, i, { id: 'r', fingerprint: `f${i}` })));
    const made = all.filter((record) => record !== undefined);
    expect(made).toHaveLength(1);
    const found = await reading(call).findByRequest('r');
    expect(found).toEqual({ record: made[0], fingerprint: `f${all.indexOf(made[0])}` });
  });

  it('changes what was found for change, one after the other', async () => {
    const call = tenant();
    const before = await saved(call, 1);
    const etags = await Promise.all(
      times(20, () =>
        storeOf().withTransaction(call, async (unit) => {
          const current = await of(unit).findForChange(before.id);
          return of(unit).update(before.id, await content(unit, 2), `${current?.etag}+`);
        }),
      ),
    );
    expect(etags).toHaveLength(20);
    const after = await reading(call).findById(before.id);
    const { createTime, updateTime: _, ...rest } = after!;
    const changed = await storeOf().withTransaction(call, (unit) => content(unit, 2));
    expect(rest).toEqual({ ...changed, id: before.id, etag: before.etag + '+'.repeat(20) });
    expect(createTime).toEqual(before.createTime);
    expect(after?.updateTime.getTime()).toBeGreaterThanOrEqual(before.updateTime.getTime());
  });

  it('deletes once', async () => {
    const call = tenant();
    const { id } = await saved(call, 1);
    const deletions = await Promise.all(
      times(20, () => storeOf().withTransaction(call, (unit) => of(unit).delete(id))),
    );
    expect(deletions.filter(Boolean)).toHaveLength(1);
    expect(await reading(call).findById(id)).toBeUndefined();
  });

  it('lists every one once, newest first, while others are added', async () => {
    const call = tenant();
    const there = [];
    for (let i = 0; i < 7; i += 1) there.push(await saved(call, i));
    const seen: string[] = [];
    let after: ListPage['after'];
    for (let more = true; more;) {
      const slice = await list(call, { after, limit: 3 });
      seen.push(...slice.items.map(({ id }) => id));
      after = slice.items.at(-1);
      more = slice.more;
      await saved(call, 100 + seen.length);
    }
    // Two of the same millisecond are told apart by id.
    const order = ({ createTime, id }: RecordOf<object>): string => `${createTime.getTime()} ${id}`;
    there.sort((a, b) => (order(a) < order(b) ? 1 : -1));
    expect(seen).toEqual(there.map(({ id }) => id));
  });

  it('says that nothing follows a page that is exactly full', async () => {
    const call = tenant();
    await saved(call, 1);
    await saved(call, 2);
    const [full, first] = [await list(call, { limit: 2 }), await list(call, { limit: 1 })];
    expect([full.items.length, full.more, first.items.length, first.more]).toEqual([2, false, 1, true]);
  });
}
