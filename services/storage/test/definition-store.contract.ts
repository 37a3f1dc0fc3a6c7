import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Definition, definitionKeys, type DefinitionStore } from '../src/definitions/index.ts';
import { callOf } from './calls.ts';
import { accepted, contentOf, newDefinition, rejected } from './definition-fixtures.ts';

/** What every DefinitionStore does. Each test has a tenant of its own. */
export function definitionStoreContract(make: () => Promise<DefinitionStore>): void {
  let store: DefinitionStore;
  const tenant = (): ReturnType<typeof callOf> => callOf(`t-${randomUUID()}`);
  const created = async (call: ReturnType<typeof callOf>, term: string): Promise<Definition> => {
    const outcome = await store.create(call, newDefinition({ term }));
    if (outcome.type !== 'created') throw new Error(outcome.type);
    return outcome.definition;
  };
  const changeTo = (text: string) => (current: Definition) => ({
    content: { ...current, text },
    state: current.state,
    etag: randomUUID(),
    revision: { text, assessment: rejected, note: 'better' },
  });

  beforeAll(async () => {
    store = await make();
  });

  describe('create and get', () => {
    it('gives back everything it was given, with times', async () => {
      const call = tenant();
      const definition = newDefinition({ narration: 'objects/a.wav', term: 'Straße “ünïcode” 🦉' });
      const outcome = await store.create(call, definition);
      const expected = { id: definition.id, etag: definition.etag, state: 'ESTABLISHED', ...definition.content };
      expect(outcome).toMatchObject({ type: 'created', definition: expected });
      const found = await store.get(call, definition.id);
      expect(found).toMatchObject(expected);
      expect(Math.abs((found?.createTime.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    });

    it('keeps what is absent absent', async () => {
      const call = tenant();
      const definition = newDefinition({ assessment: undefined, sense: undefined, examples: [] });
      await store.create(call, definition);
      const found = await store.get(call, definition.id);
      expect(found).toMatchObject({ state: 'DRAFT', examples: [] });
      expect([found?.assessment, found?.sense]).toEqual([undefined, undefined]);
    });

    it('hides it from every other tenant', async () => {
      const [owner, stranger] = [tenant(), tenant()];
      const { id } = await created(owner, 'entropy');
      expect(await store.get(stranger, id)).toBeUndefined();
      expect(await store.change(stranger, id, changeTo('mine'))).toBeUndefined();
      expect(await store.remove(stranger, id, () => {})).toBe(false);
      expect(await store.list(stranger, { termKey: undefined, after: undefined, limit: 9 })).toMatchObject({
        items: [],
      });
      expect((await store.listRevisions(stranger, id, { below: undefined, limit: 9 })).items).toEqual([]);
      expect(await store.findDuplicate(stranger, definitionKeys(contentOf()))).toBeUndefined();
      expect((await store.get(owner, id))?.text).toBe(contentOf().text);
    });

    it('lets two tenants use the same id, key and request id', async () => {
      const same = newDefinition({}, { request: { id: 'r', fingerprint: 'f' } });
      for (const call of [tenant(), tenant()]) expect((await store.create(call, same)).type).toBe('created');
    });
  });

  describe('duplicates', () => {
    it('refuses one of the same term, context and language, and names the first', async () => {
      const call = tenant();
      const first = await created(call, 'Entropy');
      const again = newDefinition({
        term: '  entropy ',
        context: { ...contentOf().context, organisational: ['PHYSICS'] },
      });
      expect(await store.create(call, again)).toEqual({ type: 'duplicate', id: first.id });
      expect(await store.get(call, again.id)).toBeUndefined();
      expect(await store.findDuplicate(call, again.keys)).toBe(first.id);
    });

    it.each([
      ['another term', { term: 'enthalpy' }],
      ['another language', { language: 'nl' }],
      ['another context', { context: { organisational: [], juridical: ['criminal law'], legalBasis: [] } }],
    ])('takes one of %s', async (_, change) => {
      const call = tenant();
      await created(call, 'entropy');
      expect((await store.create(call, newDefinition(change))).type).toBe('created');
    });

    it('takes any number when they are allowed, and then still refuses one that is not', async () => {
      const call = tenant();
      for (let i = 0; i < 3; i += 1) {
        expect((await store.create(call, newDefinition({}, { allowDuplicate: true }))).type).toBe('created');
      }
      expect((await store.create(call, newDefinition())).type).toBe('duplicate');
    });

    it('refuses an id that is taken', async () => {
      const call = tenant();
      const { id } = await created(call, 'entropy');
      const other = newDefinition({ term: 'enthalpy' }, { id, allowDuplicate: true });
      expect(await store.create(call, other)).toEqual({ type: 'duplicate', id });
      expect((await store.get(call, id))?.term).toBe('entropy');
    });

    it('lets one of 20 at once win', async () => {
      const call = tenant();
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => store.create(call, newDefinition())));
      const winners = outcomes.filter(({ type }) => type === 'created');
      expect(winners).toHaveLength(1);
      const [winner] = winners;
      const id = winner?.type === 'created' ? winner.definition.id : '';
      const losers = outcomes.filter(({ type }) => type !== 'created');
      expect(losers).toEqual(Array.from({ length: 19 }, () => ({ type: 'duplicate', id })));
      const list = await store.list(call, { termKey: undefined, after: undefined, limit: 50 });
      expect(list.items).toHaveLength(1);
    });
  });

  describe('request ids', () => {
    const request = { id: 'request-1', fingerprint: 'print' };

    it('answers a known one with what it made, before it looks for duplicates', async () => {
      const call = tenant();
      const first = newDefinition({}, { request });
      await store.create(call, first);
      const again = await store.create(call, newDefinition({}, { request: { ...request, fingerprint: 'other' } }));
      expect(again).toMatchObject({ type: 'requested-before', fingerprint: 'print', definition: { id: first.id } });
      expect(await store.findByRequest(call, request.id)).toMatchObject({ fingerprint: 'print' });
      expect(await store.findByRequest(call, 'unknown')).toBeUndefined();
    });

    it('makes one row of 20 at once, the same for all', async () => {
      const call = tenant();
      const all = Array.from({ length: 20 }, () =>
        store.create(call, newDefinition({}, { request, allowDuplicate: true })),
      );
      const outcomes = await Promise.all(all);
      const ids = outcomes.map((outcome) => (outcome.type === 'duplicate' ? outcome.id : outcome.definition.id));
      expect(new Set(ids).size).toBe(1);
      expect(outcomes.filter(({ type }) => type === 'created')).toHaveLength(1);
      const list = await store.list(call, { termKey: undefined, after: undefined, limit: 50 });
      expect(list.items).toHaveLength(1);
    });
  });

  describe('change and remove', () => {
    it('writes what was decided and adds the revision after the last', async () => {
      const call = tenant();
      const before = await created(call, 'entropy');
      const after = await store.change(call, before.id, changeTo('A better text.'));
      expect(after).toMatchObject({ id: before.id, text: 'A better text.', createTime: before.createTime });
      expect(after?.etag).not.toBe(before.etag);
      const { items } = await store.listRevisions(call, before.id, { below: undefined, limit: 9 });
      expect(items.map(({ number, text, note }) => [number, text, note])).toEqual([
        [2, 'A better text.', 'better'],
        [1, before.text, 'first text'],
      ]);
      expect(items[0]?.assessment).toEqual(rejected);
      expect(items[1]?.assessment).toEqual(accepted);
    });

    it('leaves it as it was when the decision throws', async () => {
      const call = tenant();
      const before = await created(call, 'entropy');
      const refusal = new Error('refused');
      const refuse = (): never => {
        throw refusal;
      };
      await expect(store.change(call, before.id, refuse)).rejects.toBe(refusal);
      await expect(store.remove(call, before.id, refuse)).rejects.toBe(refusal);
      expect(await store.get(call, before.id)).toEqual(before);
    });

    it('lets 20 changes at once follow each other: each sees the one before', async () => {
      const call = tenant();
      const { id } = await created(call, 'entropy');
      const append = (current: Definition) => changeTo(`${current.text}+`)(current);
      await Promise.all(Array.from({ length: 20 }, () => store.change(call, id, append)));
      expect((await store.get(call, id))?.text).toBe(contentOf().text + '+'.repeat(20));
      const { items } = await store.listRevisions(call, id, { below: undefined, limit: 50 });
      expect(items.map(({ number }) => number)).toEqual(Array.from({ length: 21 }, (_, i) => 21 - i));
    });

    it('removes a definition with its revisions, once', async () => {
      const call = tenant();
      const { id } = await created(call, 'entropy');
      const removals = await Promise.all(Array.from({ length: 20 }, () => store.remove(call, id, () => {})));
      expect(removals.filter(Boolean)).toHaveLength(1);
      expect(await store.get(call, id)).toBeUndefined();
      expect((await store.listRevisions(call, id, { below: undefined, limit: 9 })).items).toEqual([]);
    });
  });

  describe('list', () => {
    it('gives every definition once, newest first, while others are added', async () => {
      const call = tenant();
      const there: Definition[] = [];
      for (let i = 0; i < 7; i += 1) there.push(await created(call, `term ${i}`));
      const seen: string[] = [];
      let after: { createTime: Date; id: string } | undefined;
      for (let more = true; more;) {
        const slice = await store.list(call, { termKey: undefined, after, limit: 3 });
        seen.push(...slice.items.map(({ id }) => id));
        const last = slice.items.at(-1);
        after = last && { createTime: last.createTime, id: last.id };
        more = slice.more;
        await created(call, `added ${seen.length}`);
      }
      // Two of the same millisecond are told apart by id.
      const order = ({ createTime, id }: Definition): string => `${createTime.getTime()} ${id}`;
      there.sort((a, b) => (order(a) < order(b) ? 1 : -1));
      expect(seen).toEqual(there.map(({ id }) => id));
    });

    it('says that nothing follows a page that is exactly full', async () => {
      const call = tenant();
      await created(call, 'one');
      await created(call, 'two');
      const full = await store.list(call, { termKey: undefined, after: undefined, limit: 2 });
      expect([full.items.length, full.more]).toEqual([2, false]);
      const first = await store.list(call, { termKey: undefined, after: undefined, limit: 1 });
      expect([first.items.length, first.more]).toEqual([1, true]);
    });

    it('filters by term', async () => {
      const call = tenant();
      const { id } = await created(call, 'Entropy');
      await created(call, 'enthalpy');
      const { items } = await store.list(call, { termKey: 'entropy', after: undefined, limit: 9 });
      expect(items.map((item) => item.id)).toEqual([id]);
    });

    it('cuts a page that is too large for one answer, and gives at least one', async () => {
      const call = tenant();
      const items = Array.from({ length: 40 }, () => ({
        text: 'x'.repeat(40_000),
        relation: '',
        source: '',
        reason: '',
      }));
      const huge = [{ kind: 'SENTENCE', status: 'OK', items, wanted: 40, errorReason: '' }];
      for (const term of ['a', 'b', 'c']) await store.create(call, newDefinition({ term, examples: huge }));
      const slice = await store.list(call, { termKey: undefined, after: undefined, limit: 50 });
      expect([slice.items.length, slice.more]).toEqual([1, true]);
    });

    it('pages through revisions', async () => {
      const call = tenant();
      const texts = ['one', 'two', 'three'];
      const definition = newDefinition(
        {},
        { revisions: texts.map((text) => ({ text, assessment: undefined, note: '' })) },
      );
      await store.create(call, definition);
      const first = await store.listRevisions(call, definition.id, { below: undefined, limit: 2 });
      expect([first.items.map(({ text }) => text), first.more]).toEqual([['three', 'two'], true]);
      const rest = await store.listRevisions(call, definition.id, { below: 2, limit: 2 });
      expect([rest.items.map(({ text }) => text), rest.more]).toEqual([['one'], false]);
    });
  });

  it('stops for a caller who has left', async () => {
    const gone = callOf(`t-${randomUUID()}`, { signal: AbortSignal.abort(new Error('left')) });
    await expect(store.get(gone, randomUUID())).rejects.toThrow('left');
    await expect(store.create(gone, newDefinition())).rejects.toThrow('left');
  });

  it('has one key for page tokens', async () => {
    const [one, other] = [await store.pageTokenKey(tenant()), await store.pageTokenKey(tenant())];
    expect(one.length).toBe(32);
    expect(Buffer.from(one).equals(other)).toBe(true);
  });
}
