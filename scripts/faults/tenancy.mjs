// What keeps tenants apart in services/storage, each taken away once. The conditions in the statements and the policies in the
// database are two locks on one door: without the first the spec stays green, without the second it goes red.

const SRC = 'services/storage/src/adapters';
const TEST = 'services/storage/test';
const tenancy = (promise, file, from, to, test) => ({
  promise: `tenants: ${promise}`,
  spec: `${TEST}/tenancy/tenancy.int.spec.ts`,
  file: `services/storage/${file}`,
  from,
  to,
  test,
  always: true,
});
const start = (promise, file, from, to) => ({
  promise: `start: ${promise}`,
  spec: `${TEST}/start-checks.int.spec.ts`,
  file: `${SRC}/${file}`,
  from,
  to,
});
const green = (fault) => ({ ...fault, stays: 'green' });

const OWN_TENANT = 'using (tenant = storage.current_tenant()) with check (tenant = storage.current_tenant())';
const policyOn = (table) => `create policy own_tenant on storage.${table}\n  ${OWN_TENANT}`;
const openPolicyOn = (table) => `create policy own_tenant on storage.${table}\n  using (true) with check (true)`;

const UNCONDITIONAL = ['tenant = $1', '$1::text is not null'];
const ALONE = 'get the answers they would get alone';
const ROW = 'a row of a tenant';

export const TENANCY_FAULTS = [
  green(
    tenancy('definitions are asked for by tenant', 'src/adapters/postgres-definitions.ts', ...UNCONDITIONAL, ALONE),
  ),
  green(tenancy('objects are asked for by tenant', 'src/adapters/postgres-objects.ts', ...UNCONDITIONAL, ALONE)),
  green(tenancy('events are asked for by tenant', 'src/adapters/postgres-events.ts', ...UNCONDITIONAL, ALONE)),
  ...['definitions', 'definition_revisions', 'objects'].map((table) =>
    tenancy(`the policy of ${table}`, 'migrations/0003_tenants.sql', policyOn(table), openPolicyOn(table), ROW),
  ),
  ...['children', 'generations'].map((table) => ({
    ...tenancy(`the policy of ${table}`, 'migrations/0005_records.sql', policyOn(table), openPolicyOn(table)),
    spec: `${TEST}/tenancy/catalogue.int.spec.ts`,
  })),
  tenancy(
    'the tenant of a statement is gone after it',
    'src/adapters/tenant-query.ts',
    "set_config('app.tenant', $1, true)",
    "set_config('app.tenant', $1, false)",
    ROW,
  ),
  tenancy(
    'the tenant of a transaction is gone after it',
    'src/adapters/postgres-session.ts',
    '${pg.escapeLiteral(tenant)}, true)',
    '${pg.escapeLiteral(tenant)}, false)',
    ROW,
  ),
  tenancy(
    'a page token is good for its tenant only',
    'src/definitions/read-definitions.ts',
    "['definitions', call.tenant,",
    "['definitions', '',",
    ALONE,
  ),
  tenancy(
    'a subscription hands on the events of its tenant',
    'src/events/event-tail.ts',
    'if (event?.tenant !== tenant) continue;',
    'if (event === undefined) continue;',
    ALONE,
  ),
  tenancy(
    'how far a subscription is says nothing of the events of others',
    'src/events/subscribe-events.ts',
    "yield { type: 'caught-up', position: reached }",
    "yield { type: 'caught-up', position }",
    ALONE,
  ),
  start('a role that row security does not bind is refused', 'role-check.ts', 'if (!power) return;', 'return;'),
  start(
    'a role counts for what it may become',
    'role-check.ts',
    "pg_has_role(me.oid, role.oid, 'member')",
    'me.oid = role.oid',
  ),
  start('open tables are refused', 'row-security-check.ts', 'if (rows.length === 0) return;', 'return;'),
  start(
    'a pool that can never be filled is refused',
    'connection-budget.ts',
    'if (poolMaxSize > usable)',
    'if (false)',
  ),
  {
    promise: 'a statement gets no more time than its call has left',
    spec: `${TEST}/postgres-pool.int.spec.ts`,
    file: `${SRC}/postgres-session.ts`,
    from: 'Math.min(timeoutMs, work.deadline.remainingMs())',
    to: 'timeoutMs',
    test: 'what is left of its call',
  },
];
