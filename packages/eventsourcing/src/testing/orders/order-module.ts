import type { CommandHandlers } from '../../command-handlers.ts';
import type { EventStore } from '../../event-store.ts';
import { handle } from '../../handle.ts';
import type { Event } from '../../message.ts';
import { foldProjection } from '../../projection.ts';
import { order, type OrderCommand, type OrderEvent } from './order.ts';

/** All the module says to the outside: who carries out its commands. */
export function register(handlers: CommandHandlers, store: EventStore): void {
  const types: readonly OrderCommand['type'][] = ['CreateOrder', 'AddLine', 'CancelOrder'];
  const handler = handle(store, order);
  for (const type of types) handlers.register<OrderCommand, OrderEvent>(type, handler);
}

/** Open orders by subject: whose they are, and how many articles. */
export type OpenOrders = Readonly<Record<string, { readonly customer: string; readonly articles: number }>>;

export const openOrders = foldProjection<OpenOrders>({
  name: 'open-orders',
  types: ['OrderCreated', 'LineAdded', 'OrderCancelled'] satisfies OrderEvent['type'][],
  initialState: () => ({}),
  apply: (orders, event) => {
    const { type, data, subject } = event as Event<OrderEvent>;
    switch (type) {
      case 'OrderCreated': {
        const articles = data.lines.reduce((sum, { quantity }) => sum + quantity, 0);
        return { ...orders, [subject]: { customer: data.customer, articles } };
      }
      case 'LineAdded': {
        const before = orders[subject]!;
        return { ...orders, [subject]: { ...before, articles: before.articles + data.quantity } };
      }
      case 'OrderCancelled': {
        const { [subject]: _cancelled, ...others } = orders;
        return others;
      }
    }
  },
});
