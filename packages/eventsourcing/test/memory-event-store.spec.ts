import { describe, expect, it } from '@jest/globals';
import { MemoryEventStore, newEvent } from '@exempla/eventsourcing';
import { eventStoreContract, orderModuleContract, testCall } from '@exempla/eventsourcing/testing';

// S2-17, S2-18, S2-20, S2-21, S2-22, S2-38, S2-39, S2-40
describe('the event store in memory', () => {
  it.each(eventStoreContract(() => new MemoryEventStore()))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });

  it('S2-19: logs how many events were appended, and only those', async () => {
    const lines: unknown[] = [];
    const store = new MemoryEventStore({ info: (fields, message) => lines.push([fields, message]) });
    const call = testCall();
    const event = () => newEvent({ type: 'test', data: {} }, { source: 'test', tenant: call.tenant });
    const append = { stream: 's', events: [event(), event()], expected: { type: 'no-stream' } as const };
    await store.append(call, append);
    await store.append(call, append);
    await expect(store.append(call, { ...append, events: [event()] })).rejects.toThrow('expected no-stream');
    expect(lines).toEqual([[{ stream: 's', event_count: 2, version: 2 }, 'events appended']]);
  });
});

// S2-23, S2-24, S2-25, S2-42, S2-43
describe('the order module over the store in memory', () => {
  it.each(orderModuleContract(() => new MemoryEventStore()))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
