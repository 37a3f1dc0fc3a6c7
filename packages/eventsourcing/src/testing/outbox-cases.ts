import { deepStrictEqual, equal, rejects } from 'node:assert/strict';
import type { Call, EventStore } from '../event-store.ts';
import { handle } from '../handle.ts';
import { MemoryProjections } from '../memory-projections.ts';
import { type Event, newCommand } from '../message.ts';
import type { Projection, StateView } from '../projection.ts';
import { catchUpProjection } from '../run-projection.ts';
import { order, type OrderCommand } from './orders/order.ts';

/** A bus that takes so many events and is down then; who listens knows ids that he has heard. */
function bus() {
  const heard = new Map<string, Event>();
  const wire = {
    takes: Infinity,
    published: 0,
    subjects: () => [...heard.values()].map(({ subject }) => subject),
    publish: (event: Event): void => {
      if (wire.takes === 0) throw new Error('the bus is down');
      wire.takes -= 1;
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

/** What is published is read from the log, so it was persisted before; the checkpoint says how far. */
function publisher(store: EventStore, call: Call) {
  const wire = bus();
  // Stands for checkpoints that outlive the process.
  const views = new MemoryProjections<null>();
  const projection: Projection<StateView<null>> = { name: 'publisher', apply: (_, event) => wire.publish(event) };
  return { wire, start: () => catchUpProjection(call, { store, views, projection }) };
}

export const OUTBOX_CASES: Readonly<Record<string, (store: EventStore, call: Call) => Promise<void>>> = {
  'S2-23: nothing is published of what could not be saved': async (store, call) => {
    const { wire, start } = publisher(store, call);
    const full: EventStore = {
      append: () => Promise.reject(new Error('the disk is full')),
      readStream: (...given) => store.readStream(...given),
      readAll: (...given) => store.readAll(...given),
      subscribe: (...given) => store.subscribe(...given),
    };
    await rejects(() => handle(full, order)(call, create(call.tenant, 'orders/1')), { message: 'the disk is full' });
    await start();
    equal(wire.published, 0);
  },

  'S2-23: what was saved while the bus was down is published after a restart, at least once, told apart by id': async (
    store,
    call,
  ) => {
    const { wire, start } = publisher(store, call);
    const handler = handle(store, order);
    await handler(call, create(call.tenant, 'orders/1'));
    await start();
    deepStrictEqual(wire.subjects(), ['orders/1']);
    wire.takes = 1;
    for (const subject of ['orders/2', 'orders/3']) await handler(call, create(call.tenant, subject));
    await rejects(start, { message: 'the bus is down' });

    wire.takes = Infinity;
    await start();
    await start();
    deepStrictEqual(wire.subjects(), ['orders/1', 'orders/2', 'orders/3']);
    // The second one twice: it went out before its checkpoint was lost.
    equal(wire.published, 4);
  },
};
