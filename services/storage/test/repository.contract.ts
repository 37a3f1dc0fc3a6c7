import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { Call, ListPage, RecordOf } from '../src/records/index.ts';
import type { StoryStore } from '../src/stories/index.ts';
import { callOf } from './calls.ts';
import { type Kind, newRecord } from './record-fixtures.ts';

const tenant = (): Call => callOf(`t-${randomUUID()}`);
const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** What every repository does. */
export function repositoryContract(storeOf: () => StoryStore, { of, content }: Kind): void {
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
