import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Barrier, gate } from '@exempla/testing';
import { createChild, deleteChild, findChild, listChildren, updateChild } from '../src/children/index.ts';
import type { Call } from '../src/records/index.ts';
import type { StoryStore } from '../src/stories/index.ts';
import { callOf } from './calls.ts';
import { childOf, KINDS, newRecord } from './record-fixtures.ts';
import { repositoryContract } from './repository.contract.ts';

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
