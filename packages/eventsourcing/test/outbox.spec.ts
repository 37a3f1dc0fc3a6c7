import { describe, expect, it } from '@jest/globals';
import {
  type Event,
  type EventStore,
  handle,
  MemoryEventStore,
  MemoryProjections,
  newCommand,
  type Projection,
  runProjection,
  type StateView,
} from '@exempla/eventsourcing';
import { order, type OrderCommand, testCall } from '@exempla/eventsourcing/testing';
import { eventually } from '@exempla/testing';

/** A bus that can be down; who listens leaves out ids that it knows. */
function bus() {
  const heard = new Map<string, Event>();
  const wire = {
    isDown: false,
    published: 0,
    subjects: () => [...heard.values()].map(({ subject }) => subject),
    publish: (event: Event): void => {
      if (wire.isDown) throw new Error('the bus is down');
      wire.published += 1;
      heard.set(event.id, event);
    },
  };
  return wire;
}

const create = (tenant: string, subject: string) =>
  newCommand<OrderCommand>(
    { type: 'CreateOrder', data: { customer: 'ann', lines: [{ article: 'lamp', quantity: 1 }] } },
    { source: 'shop', subject, tenant },
  );

// S2-23: what is published is read from the log, so it was persisted before; the checkpoint says how far.
describe('S2-23: persist, then publish', () => {
  function setUp(store: EventStore) {
    const call = testCall();
    const views = new MemoryProjections<null>();
    const wire = bus();
    const publisher: Projection<StateView<null>> = { name: 'publisher', apply: (_view, event) => wire.publish(event) };
    const start = () => {
      const controller = new AbortController();
      const running = runProjection({ ...call, signal: controller.signal }, { store, views, projection: publisher });
      return { running, stop: () => controller.abort(new Error('stopped')) };
    };
    return { call, wire, start };
  }

  it('publishes nothing of what could not be saved', async () => {
    const store = new MemoryEventStore();
    const { call, wire, start } = setUp(store);
    store.append = () => Promise.reject(new Error('the disk is full'));
    const { running, stop } = start();
    const stopped = expect(running).rejects.toThrow('stopped');
    await expect(handle(store, order)(call, create(call.tenant, 'orders/1'))).rejects.toThrow('the disk is full');
    stop();
    await stopped;
    expect(wire.published).toBe(0);
  });

  it('publishes after a restart what was saved while the bus was down: at least once, told apart by id', async () => {
    const store = new MemoryEventStore();
    const { call, wire, start } = setUp(store);
    const handler = handle(store, order);
    const first = start();
    await handler(call, create(call.tenant, 'orders/1'));
    await eventually('the first is published', () => wire.published === 1);
    wire.isDown = true;
    await handler(call, create(call.tenant, 'orders/2'));
    await handler(call, create(call.tenant, 'orders/3'));
    await expect(first.running).rejects.toThrow('the bus is down');
    expect(wire.published).toBe(1);

    wire.isDown = false;
    const second = start();
    const stopped = expect(second.running).rejects.toThrow('stopped');
    await eventually('the rest is published', () => wire.subjects().length === 3);
    second.stop();
    await stopped;
    expect(wire.subjects()).toEqual(['orders/1', 'orders/2', 'orders/3']);
  });
});
