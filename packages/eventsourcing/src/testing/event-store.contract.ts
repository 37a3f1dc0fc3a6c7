import type { EventStore } from '../event-store.ts';
import { EXPECTED_VERSION_CASES, IDEMPOTENCE_CASES } from './append-cases.ts';
import type { ContractCase, Kit } from './contract-kit.ts';
import { LOG_CASES, SIGNAL_CASES, SUBSCRIPTION_CASES } from './log-cases.ts';
import { STREAM_CASES, TENANT_CASES } from './read-cases.ts';
import { testCall } from './test-call.ts';

/**
 * What every event store promises, as cases for any test framework: each works with a tenant of its own, so one store
 * may serve them all. None is skipped for anyone.
 */
export function eventStoreContract(storeOf: () => EventStore): readonly ContractCase[] {
  const cases: Readonly<Record<string, (kit: Kit) => Promise<void>>> = {
    ...EXPECTED_VERSION_CASES,
    ...IDEMPOTENCE_CASES,
    ...STREAM_CASES,
    ...TENANT_CASES,
    ...LOG_CASES,
    ...SUBSCRIPTION_CASES,
    ...SIGNAL_CASES,
  };
  return Object.entries(cases).map(([name, run]) => ({
    name,
    run: () => run({ store: storeOf(), call: testCall({ remainingMs: 120_000 }) }),
  }));
}
