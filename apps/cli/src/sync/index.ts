export { createSyncClient, type SyncCallOptions, type SyncClient, type SyncClientOptions } from './bridge.ts';
export { SyncInAsyncContextError } from './refusal.ts';
