import type {
  Budget,
  BudgetStore,
  Call,
  DayUsage,
  Period,
  Reservation,
  ReserveOutcome,
  Usage,
  UsagePosition,
} from '../budgets/index.ts';
import type { Slice } from '../paging/index.ts';
import { type BudgetRow, type ReserveRow, toBudget, toDayUsage, toOutcome, type UsageRow } from './budget-rows.ts';
import { PageTokenKey } from './page-token-key.ts';
import type { PostgresPool } from './postgres-pool.ts';
import { slice, toSlice } from './postgres-slice.ts';

export interface BudgetOptions {
  /** Of tenants that have none of their own; undefined: no limit. */
  readonly defaultLimitMicros: bigint | undefined;
  readonly period: Period;
  /** Told of reservations that nobody settled in time. */
  readonly onExpired: (tenant: string, lost: { readonly reservations: number; readonly micros: bigint }) => void;
}

const RESERVE = `
  select outcome, limit_micros::text, spent_micros::text, reserved_micros::text, reset_time, now, expired::int, lost::text
  from storage.reserve($1, $2, $3::bigint, make_interval(secs => $4::float8 / 1000), $5::bigint, $6)`;
const SETTLE = `
  select expired::int, lost::text from storage.settle($1, $2, $3, $4::text[], $5::bigint[], $6::bigint[], $7::bigint[],
    $8::bigint[], $9::bigint[], $10::boolean[])`;
const SET_LIMIT = 'select expired::int, lost::text from storage.set_budget_limit($1, $2, $3::bigint)';

/** Its first moment and the one after its last, of the period that `time` is in. */
const periodOf = (time: string): string =>
  `(select date_trunc($2, ${time} at time zone 'UTC') at time zone 'UTC' as start_time,
    (date_trunc($2, ${time} at time zone 'UTC') + ('1 ' || $2)::interval) at time zone 'UTC' as reset_time)`;

/** As the next reservation would find it; a tenant that never reserved has spent nothing. When it is over: migration 0011. */
const GET = `
  with own as (
    select b.*, b.start_time < this.start_time or b.start_time > this.reset_time as is_over
    from storage.budgets as b cross join ${periodOf('clock_timestamp()')} as this where b.tenant = $1
  ),
  expired as (
    select coalesce(sum(max_micros), 0) as micros from storage.budget_reservations
    where tenant = $1 and state = 'OPEN' and expire_time <= clock_timestamp()
  )
  select own.limit_micros::text as own_limit_micros, shown.start_time, shown.reset_time,
    coalesce(own.spent_micros, 0)::text as spent_micros, coalesce(own.lost_micros, 0)::text as lost_micros,
    (coalesce(own.reserved_micros, 0) - expired.micros)::text as reserved_micros, expired.micros::text as expired_micros,
    coalesce(own.is_over, true) as is_over
  from expired left join own on true
    cross join lateral ${periodOf('case when own.is_over is false then own.start_time else clock_timestamp() end')} as shown`;

const USAGE =
  'day::text, model, answers::text, input_tokens::text, output_tokens::text, characters::text, cost_micros::text, estimated';
const USAGE_BYTES = 'octet_length(model) + 120';

interface Expired {
  readonly expired: number;
  readonly lost: string;
}

/**
 * Whoever changes a budget locks its row first, inside one statement: `storage.lock_budget`. The tenant is in every
 * statement; row-level security would hide what one of them forgot.
 */
export class PostgresBudgets implements BudgetStore {
  readonly #pool: PostgresPool;
  readonly #options: BudgetOptions;
  readonly #pageTokenKey: PageTokenKey;

  constructor(pool: PostgresPool, options: BudgetOptions) {
    this.#pool = pool;
    this.#options = options;
    this.#pageTokenKey = new PageTokenKey(pool);
  }

  async reserve(call: Call, { id, maxMicros, lifetimeMs }: Reservation): Promise<ReserveOutcome> {
    const { defaultLimitMicros = null, period } = this.#options;
    const values = [call.tenant, id, maxMicros, lifetimeMs, defaultLimitMicros, period];
    return toOutcome(await this.#change<ReserveRow & Expired>(call, RESERVE, values));
  }

  async settle(call: Call, id: string, usage: readonly Usage[]): Promise<void> {
    await this.#change(call, SETTLE, [
      call.tenant,
      id,
      this.#options.period,
      usage.map(({ model }) => model),
      usage.map(({ answers }) => answers),
      usage.map(({ inputTokens }) => inputTokens),
      usage.map(({ outputTokens }) => outputTokens),
      usage.map(({ characters }) => characters),
      usage.map(({ costMicros }) => costMicros),
      usage.map(({ estimated }) => estimated),
    ]);
  }

  async get(call: Call): Promise<Budget> {
    const { period, defaultLimitMicros } = this.#options;
    const [row] = await this.#pool.query<BudgetRow>(call, GET, [call.tenant, period]);
    if (!row) throw new Error('the database returned no budget');
    return toBudget(row, defaultLimitMicros);
  }

  async setLimit(call: Call, limitMicros: bigint | undefined): Promise<void> {
    await this.#change(call, SET_LIMIT, [call.tenant, this.#options.period, limitMicros ?? null]);
  }

  async listUsage(call: Call, page: { after: UsagePosition | undefined; limit: number }): Promise<Slice<DayUsage>> {
    const values: unknown[] = [call.tenant, page.limit];
    let from = 'storage.usage where tenant = $1';
    if (page.after) {
      from += ' and (day < $3::date or day = $3::date and model > $4)';
      values.push(page.after.day, page.after.model);
    }
    const text = slice(USAGE, USAGE_BYTES, from, 'storage.usage.day desc, storage.usage.model', '$2::int');
    return toSlice(await this.#pool.query<UsageRow & { more: boolean }>(call, text, values), toDayUsage);
  }

  pageTokenKey(call: Call): Promise<Uint8Array> {
    return this.#pageTokenKey.read(call);
  }

  async #change<R extends Expired>(call: Call, statement: string, values: unknown[]): Promise<R> {
    const [row] = await this.#pool.query<R>(call, statement, values);
    if (!row) throw new Error('the database returned no budget');
    if (row.expired > 0) this.#options.onExpired(call.tenant, { reservations: row.expired, micros: BigInt(row.lost) });
    return row;
  }
}
