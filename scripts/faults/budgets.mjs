// What budgets promise, each taken away once.

const MIGRATION = 'services/storage/migrations/0011_budget_clock.sql';
const storage = (promise, file, [from, to], test) => ({
  promise: `budgets: ${promise}`,
  spec: 'services/storage/test/budgets.int.spec.ts',
  file,
  from,
  to,
  test,
});

const spender = (promise, spec, file, [from, to], test) => ({
  promise: `budgets: ${promise}`,
  spec: `packages/${spec}`,
  file: `packages/${file}`,
  from,
  to,
  test,
});
const TEXT = 'text/test/budgeted-text.int.spec.ts';

const speech = (promise, [from, to], test) => ({
  promise: `budgets: ${promise}`,
  spec: 'services/audio/test/paid-speech.int.spec.ts',
  file: 'services/audio/src/adapters/provider-engine.ts',
  from,
  to,
  test,
});

export const BUDGET_FAULTS = [
  speech('speech is reserved before', ['maxCostMicros: () => this.#costOf(job.piece),', ''], 'without room'),
  speech('speech is settled when it began', ['this.#paid(piece, account);', ''], 'by its characters'),
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
    'a clock that is set back gives nothing twice',
    MIGRATION,
    ['budget.start_time < this_start or budget.start_time > this_end', 'budget.start_time <> this_start'],
    'is spent once',
  ),
  storage(
    'nor does one that was wrong by far keep anybody waiting',
    MIGRATION,
    [' or budget.start_time > this_end', ''],
    'is spent once',
  ),
  storage(
    'a reservation that is settled twice counts once',
    'services/storage/migrations/0009_budgets.sql',
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
  spender(
    'who cannot ask does not spend',
    'budget/test/storage-budget.spec.ts',
    'budget/src/storage-budget.ts',
    ['throw refusalOf(error);', "if (refusalOf(error).reason === 'BUDGET_EXHAUSTED') throw refusalOf(error);"],
    'let nothing through',
  ),
  spender(
    'nothing is sent before it is reserved',
    TEXT,
    'upstream/src/retry/ask.ts',
    ['await untilAborted(run.call.spend(costs), run.end.signal)', 'void run.call.spend(costs).catch(() => {})'],
    'has no room',
  ),
  spender(
    'a reservation on its way comes back too',
    TEXT,
    'budget/src/account.ts',
    ['this.#isAsked = true;', ''],
    'while it is on its way',
  ),
  spender(
    'an answer that nobody could use is paid for',
    TEXT,
    'text/src/openai/openai-text.ts',
    ['error instanceof AnswerError && error.used', 'false'],
    'when the model refuses',
  ),
  spender(
    'what is used up by one attempt is not there for the next',
    TEXT,
    'budget/src/account.ts',
    ['const maxMicros = this.#spentMicros + maxCostMicros;', 'const maxMicros = maxCostMicros;'],
    'end where the budget does',
  ),
  spender(
    'what is not counted is in the log',
    'budget/test/spending.spec.ts',
    'budget/src/spending.ts',
    ['if (isLast) return this.#lost(closed, tenant, err);', 'if (isLast) return;'],
    'nobody takes it',
  ),
];
