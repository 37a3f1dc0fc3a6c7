export * from './budgets.ts';
export * from './narration.ts';
export { PartLog } from './part-log.ts';
export type * from './part.ts';
