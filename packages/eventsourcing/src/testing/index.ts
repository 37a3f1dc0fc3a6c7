export type { ContractCase } from './contract-kit.ts';
export { eventStoreContract } from './event-store.contract.ts';
export { orderModuleContract } from './order-module.contract.ts';
export { order, type OrderCommand, OrderError, type OrderEvent } from './orders/order.ts';
export { openOrders, type OpenOrders, register } from './orders/order-module.ts';
export { specification, type Given, type When } from './specification.ts';
export { testCall } from './test-call.ts';
