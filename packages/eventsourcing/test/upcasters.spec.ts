import { describe, expect, it } from '@jest/globals';
import {
  type Delivery,
  loadStream,
  MemoryEventStore,
  newEvent,
  schemaOf,
  type Upcaster,
  Upcasters,
  withUpcasters,
} from '@exempla/eventsourcing';
import { testCall } from '@exempla/eventsourcing/testing';

// v1 {name}, v2 {first, last}, v3 {first, last, language}
const split: Upcaster = {
  type: 'Named',
  from: 1,
  upcast: ({ name }: { name: string }) => ({ first: name.split(' ')[0], last: name.split(' ')[1] }),
};
const withLanguage: Upcaster = { type: 'Named', from: 2, upcast: (data: object) => ({ ...data, language: 'en' }) };

const named = (data: unknown, schema = '', tenant = 't') =>
  newEvent({ type: 'Named', data }, { source: 'test', tenant, schema });

describe('upcasters', () => {
  const upcasters = new Upcasters(withLanguage, split);

  it('bring every version to the newest, step by step', () => {
    const today = { first: 'Ada', last: 'Lovelace', language: 'en' };
    for (const [data, schema] of [
      [{ name: 'Ada Lovelace' }, ''],
      [{ name: 'Ada Lovelace' }, schemaOf('Named', 1)],
      [{ first: 'Ada', last: 'Lovelace' }, schemaOf('Named', 2)],
      [today, schemaOf('Named', 3)],
    ] as const)
      expect(upcasters.upcast(named(data, schema))).toMatchObject({ data: today, schema: 'Named/v3' });
  });

  it('leave the event as it was, and types that they do not know', () => {
    const event = named({ name: 'Ada Lovelace' });
    const upcasted = upcasters.upcast(event);
    expect(event).toMatchObject({ data: { name: 'Ada Lovelace' }, schema: '' });
    expect(Reflect.set(upcasted.data as object, 'first', 'changed')).toBe(false);
    expect(upcasted).toEqual({ ...event, data: upcasted.data, schema: 'Named/v3' });
    const other = newEvent({ type: 'Other', data: {} }, { source: 'test', tenant: 't', schema: 'whatever' });
    expect(upcasters.upcast(other)).toBe(other);
  });

  it('refuse a chain with a gap, a late beginning or a version twice', () => {
    const step = (from: number): Upcaster => ({ type: 'T', from, upcast: (data) => data });
    expect(() => new Upcasters(step(1), step(3))).toThrow('T has no upcaster from version 2');
    expect(() => new Upcasters(step(2))).toThrow('T has no upcaster from version 1');
    expect(() => new Upcasters(step(1), step(1))).toThrow('T has two upcasters from version 1');
    expect(() => new Upcasters(step(0), step(1))).toThrow('version 0');
  });

  it('refuse an event of a version that nobody here knows', () => {
    expect(() => upcasters.upcast(named({}, 'Named/v4'))).toThrow('newer than version 3');
    for (const schema of ['Named', 'Named/v', 'Named/v0', 'Named/v1.5', 'Named/vx', 'Other/v1'])
      expect(() => upcasters.upcast(named({}, schema))).toThrow('is not of the form Named/v1');
  });

  it('work around a store: old events are read in today’s form, new ones are written with its version', async () => {
    const plain = new MemoryEventStore();
    const store = withUpcasters(plain, upcasters);
    const call = testCall();
    const today = { first: 'Ada', last: 'King', language: 'en' };
    const append = (event: ReturnType<typeof named>) => ({
      stream: 's',
      events: [event],
      expected: { type: 'any' } as const,
    });
    await plain.append(call, append(named({ name: 'Ada King' }, '', call.tenant)));
    await store.append(call, append(named(today, '', call.tenant)));
    expect((await loadStream(plain, call, { stream: 's' })).map(({ schema }) => schema)).toEqual(['', 'Named/v3']);

    const all = [];
    for await (const event of store.readAll(call, {})) all.push(event);
    const delivered: Delivery[] = [];
    for await (const delivery of store.subscribe(call, {})) {
      delivered.push(delivery);
      if (delivery.type === 'caught-up') break;
    }
    expect((await loadStream(store, call, { stream: 's' })).map(({ data }) => data)).toEqual([today, today]);
    expect(all.map(({ data }) => data)).toEqual([today, today]);
    expect(delivered).toMatchObject([{ event: { data: today } }, { event: { data: today } }, { type: 'caught-up' }]);
  });
});
