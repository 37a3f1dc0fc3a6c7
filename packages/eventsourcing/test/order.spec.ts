import { describe, expect, it } from '@jest/globals';
import { newCommand } from '@exempla/eventsourcing';
import { order, type OrderCommand, OrderError, type OrderEvent, specification } from '@exempla/eventsourcing/testing';

const given = specification(order);

const line = { article: 'lamp', quantity: 2 };
const create: OrderCommand = { type: 'CreateOrder', data: { customer: 'ann', lines: [line] } };
const created: OrderEvent = { type: 'OrderCreated', data: { customer: 'ann', lines: [line] } };
const addLine: OrderCommand = { type: 'AddLine', data: line };
const lineAdded: OrderEvent = { type: 'LineAdded', data: line };
const cancel: OrderCommand = { type: 'CancelOrder', data: { reason: 'changed her mind' } };
const cancelled: OrderEvent = { type: 'OrderCancelled', data: { reason: 'changed her mind' } };

// oxlint-disable jest/expect-expect -- `then…` throws
describe('an order', () => {
  it('is created', () => given().when(create).thenEvents(created));
  it('is created once', () => given(created).when(create).thenRefused({ reason: 'ORDER_EXISTS' }));
  it('takes lines while it is open', () => given(created, lineAdded).when(addLine).thenEvents(lineAdded));
  it('takes none when it is cancelled', () => given(created, cancelled).when(addLine).thenRefused(OrderError));
  it('takes none before it is created', () =>
    given()
      .when(addLine)
      .thenRefused(/only an open order/));
  it('is cancelled once', () => given(created, cancelled).when(cancel).thenNothing());
});
// oxlint-enable jest/expect-expect

describe('given, when, then', () => {
  it('fails on other events, on a refusal, and on none', () => {
    expect(() => given().when(create).thenEvents(lineAdded)).toThrow('OrderCreated');
    expect(() => given().when(create).thenNothing()).toThrow('OrderCreated');
    expect(() => given(created).when(create).thenEvents(created)).toThrow('refused with OrderError');
    expect(() => given().when(create).thenRefused(OrderError)).toThrow('Missing expected exception');
    expect(() => given(created).when(create).thenRefused(TypeError)).toThrow('refused with OrderError');
    expect(() => given(created).when(create).thenRefused(/other/)).toThrow('refused with OrderError');
    expect(() => given(created).when(create).thenRefused({ reason: 'OTHER' })).toThrow('ORDER_EXISTS');
  });

  it('fails rules that change what they are given', () => {
    const careless = specification<string[], OrderCommand, OrderEvent>({
      initialState: () => [],
      decide: () => [],
      evolve: (state, { type }) => {
        state.push(type);
        return state;
      },
    });
    expect(() => careless(created).when(create).thenNothing()).toThrow('not extensible');
  });

  it('hands over a whole command where its attributes matter', () => {
    const about = specification<null, OrderCommand, OrderEvent>({
      initialState: () => null,
      decide: ({ subject }) => [{ type: 'OrderCancelled', data: { reason: subject } }],
      evolve: () => null,
    });
    const command = newCommand(create, { source: 'test', tenant: 'test', subject: 'orders/7' });
    expect(() =>
      about()
        .when(command)
        .thenEvents({ type: 'OrderCancelled', data: { reason: 'orders/7' } }),
    ).not.toThrow();
  });
});
