// What budgets promise, each taken away once.

const MIGRATION = 'services/storage/migrations/0009_budgets.sql';
const storage = (promise, file, [from, to], test) => ({
  promise: `budgets: ${promise}`,
  spec: 'services/storage/test/budgets.int.spec.ts',
  file,
  from,
  to,
  test,
});

export const BUDGET_FAULTS = [
  {
    ...storage(
      'whoever reserves locks the budget first',
      MIGRATION,
      ['where b.tenant = of_tenant for update;', 'where b.tenant = of_tenant;'],
      'however many at once',
    ),
    always: true,
  },
  storage(
    'the limit holds for what is reserved too',
    MIGRATION,
    ['budget.spent_micros + budget.reserved_micros + more > limit_micros', 'budget.spent_micros + more > limit_micros'],
    'however many at once',
  ),
  storage(
    'a reservation that is settled twice counts once',
    MIGRATION,
    ["if held.state is distinct from 'SETTLED' then", 'if true then'],
    'counts what was used in full',
  ),
  storage(
    'a crashed caller does not keep its reservation',
    MIGRATION,
    ["r.state = 'OPEN' and r.expire_time <= clock_timestamp()", "r.state = 'OPEN' and false"],
    'never heard of again',
  ),
  storage(
    'what expired is told of',
    'services/storage/src/adapters/postgres-budgets.ts',
    ['if (row.expired > 0)', 'if (row.expired > 1)'],
    'never heard of again',
  ),
  storage(
    'an administrator of one tenant leaves the others alone',
    'services/storage/src/budgets/set-budget.ts',
    ["(call.tenant !== '' && call.tenant !== whose)", 'false'],
    'administrator of none',
  ),
];
