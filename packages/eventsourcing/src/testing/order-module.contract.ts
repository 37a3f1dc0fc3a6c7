import { deepStrictEqual, equal, rejects, throws } from 'node:assert/strict';
import { CommandHandlers } from '../command-handlers.ts';
import { type Call, type EventStore, loadStream } from '../event-store.ts';
import { MemoryProjections } from '../memory-projections.ts';
import { type Command, newCommand } from '../message.ts';
import { catchUpProjection } from '../run-projection.ts';
import type { ContractCase } from './contract-kit.ts';
import type { OrderCommand } from './orders/order.ts';
import { OUTBOX_CASES } from './outbox-cases.ts';
import { openOrders, type OpenOrders, register } from './orders/order-module.ts';
import { testCall } from './test-call.ts';

/** The module over one store, as an application has it. */
function shop(store: EventStore, call: Call) {
  const handlers = new CommandHandlers();
  register(handlers, store);
  const views = new MemoryProjections<OpenOrders>();
  return {
    handlers,
    order: (subject: string, command: OrderCommand): Command<OrderCommand> =>
      newCommand(command, { source: 'shop', subject, tenant: call.tenant }),
    stream: (subject: string) => loadStream(store, call, { stream: subject }),
    openOrders: async () => {
      await catchUpProjection(call, { store, views, projection: openOrders });
      return views.read(call, openOrders.name) ?? {};
    },
  };
}

const createFor = (customer: string, quantity = 1): OrderCommand => ({
  type: 'CreateOrder',
  data: { customer, lines: [{ article: `for ${customer}`, quantity }] },
});

type Cases = Readonly<Record<string, (store: EventStore, call: Call) => Promise<void>>>;

const CASES: Cases = {
  ...OUTBOX_CASES,

  'S2-25, S2-42: a command is handled, its event stored with correlation and causation, and seen in the view': async (
    store,
    call,
  ) => {
    const { handlers, order, stream, openOrders } = shop(store, call);
    const command = order('orders/1', createFor('ann', 3));
    const { version } = await handlers.handle(call, command);
    const [event, ...others] = await stream('orders/1');
    deepStrictEqual([version, others], [1, []]);
    const { type, data, subject, source, correlationId, causationId, tenant } = event!;
    deepStrictEqual(
      { type, data, subject, source, correlationId, causationId, tenant },
      {
        type: 'OrderCreated',
        data: command.data,
        subject: 'orders/1',
        source: 'shop',
        correlationId: command.correlationId,
        causationId: command.id,
        tenant: call.tenant,
      },
    );
    deepStrictEqual(await openOrders(), { 'orders/1': { customer: 'ann', articles: 3 } });
  },

  'S2-43: 100 orders created at once are 100 orders, each with its own customer': async (store, call) => {
    const { handlers, order, stream, openOrders } = shop(store, call);
    const commands = Array.from({ length: 100 }, (_, index) => order(`orders/${index}`, createFor(`c${index}`, index)));
    const handled = await Promise.all(commands.map((command) => handlers.handle(call, command)));
    equal(new Set(handled.flatMap(({ events }) => events.map(({ id }) => id))).size, 100);
    for (const { id, subject, data } of commands) {
      const events = await stream(subject);
      deepStrictEqual(
        events.map((event) => [event.version, event.causationId, event.data]),
        [[1, id, data]],
      );
    }
    deepStrictEqual(
      await openOrders(),
      Object.fromEntries(commands.map(({ subject }, index) => [subject, { customer: `c${index}`, articles: index }])),
    );
  },

  'S2-24: a second registration of the module is refused': async (store, call) => {
    const { handlers, order } = shop(store, call);
    throws(() => register(handlers, store), { name: 'DuplicateHandlerError' });
    const unknown = { ...order('orders/1', createFor('ann')), type: 'Unknown' };
    await rejects(() => handlers.handle(call, unknown), { name: 'UnhandledCommandError' });
  },

  'the same command, sent again 20 times at once, makes one order': async (store, call) => {
    const { handlers, order, stream } = shop(store, call);
    const command = order('orders/1', createFor('ann'));
    const handled = await Promise.all(Array.from({ length: 20 }, () => handlers.handle(call, command)));
    const events = await stream('orders/1');
    equal(events.length, 1);
    for (const answer of handled)
      deepStrictEqual(
        answer.events.map(({ id }) => id),
        [events[0]!.id],
      );
  },

  '10 commands to one order at once: each is decided on what the one before made of it': async (store, call) => {
    const { handlers, order, stream, openOrders } = shop(store, call);
    await handlers.handle(call, order('orders/1', createFor('ann')));
    const lines = Array.from({ length: 10 }, (_, index) => ({ article: `article ${index}`, quantity: 1 }));
    const commands = lines.map((data) => order('orders/1', { type: 'AddLine', data }));
    await Promise.all(commands.map((command) => handlers.handle(call, command)));
    const events = await stream('orders/1');
    deepStrictEqual(
      events.map(({ version }) => version),
      Array.from({ length: 11 }, (_, index) => index + 1),
    );
    deepStrictEqual(
      new Set(events.slice(1).map(({ causationId }) => causationId)),
      new Set(commands.map(({ id }) => id)),
    );
    deepStrictEqual(await openOrders(), { 'orders/1': { customer: 'ann', articles: 11 } });
  },

  'what the rules refuse leaves nothing': async (store, call) => {
    const { handlers, order, stream } = shop(store, call);
    const empty = order('orders/1', { type: 'CreateOrder', data: { customer: 'ann', lines: [] } });
    await rejects(() => handlers.handle(call, empty), { reason: 'ORDER_EMPTY' });
    deepStrictEqual(await stream('orders/1'), []);
  },
};

/** The order module over a store: command, handler, event, projection. */
export const orderModuleContract = (storeOf: () => EventStore): readonly ContractCase[] =>
  Object.entries(CASES).map(([name, run]) => ({ name, run: () => run(storeOf(), testCall()) }));
