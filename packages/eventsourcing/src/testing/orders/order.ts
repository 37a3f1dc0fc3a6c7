import type { Decider } from '../../decider.ts';
import type { Fact } from '../../message.ts';

export interface Line {
  readonly article: string;
  readonly quantity: number;
}

export type OrderCommand =
  | Fact<'CreateOrder', { readonly customer: string; readonly lines: readonly Line[] }>
  | Fact<'AddLine', Line>
  | Fact<'CancelOrder', { readonly reason: string }>;

export type OrderEvent =
  | Fact<'OrderCreated', { readonly customer: string; readonly lines: readonly Line[] }>
  | Fact<'LineAdded', Line>
  | Fact<'OrderCancelled', { readonly reason: string }>;

export type Order =
  | { readonly status: 'none' }
  | { readonly status: 'open' | 'cancelled'; readonly customer: string; readonly lines: readonly Line[] };

export type OrderErrorReason = 'ORDER_EXISTS' | 'ORDER_EMPTY' | 'ORDER_NOT_OPEN';

export class OrderError extends Error {
  override readonly name = 'OrderError';
  readonly reason: OrderErrorReason;

  constructor(reason: OrderErrorReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

export const order: Decider<Order, OrderCommand, OrderEvent> = {
  initialState: () => ({ status: 'none' }),

  decide: ({ type, data }, state) => {
    switch (type) {
      case 'CreateOrder':
        if (state.status !== 'none') throw new OrderError('ORDER_EXISTS', 'the order was created before');
        if (data.lines.length === 0) throw new OrderError('ORDER_EMPTY', 'an order has at least one line');
        return [{ type: 'OrderCreated', data }];
      case 'AddLine':
        if (state.status !== 'open') throw new OrderError('ORDER_NOT_OPEN', 'only an open order takes lines');
        return [{ type: 'LineAdded', data }];
      case 'CancelOrder':
        if (state.status === 'none') throw new OrderError('ORDER_NOT_OPEN', 'there is no such order');
        return state.status === 'cancelled' ? [] : [{ type: 'OrderCancelled', data }];
    }
  },

  evolve: (state, { type, data }) => {
    if (type === 'OrderCreated') return { status: 'open', ...data };
    if (state.status === 'none') return state;
    return type === 'LineAdded' ? { ...state, lines: [...state.lines, data] } : { ...state, status: 'cancelled' };
  },
};
