import pg from 'pg';
import type { Slice } from '../paging/index.ts';
import type { ListPage, NewRecord, RecordOf, Repository, RequestedRecord } from '../records/index.ts';
import { slice, toSlice } from './postgres-slice.ts';
import { type Columns, type RecordRow, type RecordTable, selected, toRecord } from './record-table.ts';

/** Runs a statement for the tenant, in the transaction that is under way or in one of its own. */
export type Run = <R extends pg.QueryResultRow>(text: string, values: unknown[]) => Promise<R[]>;

export interface TenantSession {
  readonly tenant: string;
  readonly run: Run;
}

/** A unique violation; or a deadlock of two who want what the other still has, which only a unique key can bring about. */
const TAKEN = ['23505', '40P01'];

/** The tenant is in every statement; row-level security would hide what one of them forgot. */
export class PostgresRepository<C extends object, F> implements Repository<C, F> {
  protected readonly table: RecordTable<C, F>;
  protected readonly session: TenantSession;

  constructor(table: RecordTable<C, F>, session: TenantSession) {
    this.table = table;
    this.session = session;
  }

  save({ id, etag, content, request }: NewRecord<C>): Promise<RecordOf<C> | undefined> {
    const columns = {
      tenant: this.session.tenant,
      id,
      etag,
      request_id: request?.id ?? null,
      request_fingerprint: request?.fingerprint ?? '',
      ...this.table.toColumns(content),
    };
    const places = Object.keys(columns).map((_, i) => `$${i + 1}`);
    return this.#written(
      `insert into ${this.table.name} (${Object.keys(columns).join(', ')}) values (${places.join(', ')})
       on conflict do nothing returning ${selected(this.table)}`,
      Object.values(columns),
    );
  }

  findById(id: string): Promise<RecordOf<C> | undefined> {
    return this.findBy({ id });
  }

  findForChange(id: string): Promise<RecordOf<C> | undefined> {
    return this.findBy({ id }, 'for update');
  }

  async findByRequest(requestId: string): Promise<RequestedRecord<C> | undefined> {
    const row = await this.#find({ request_id: requestId }, '');
    return row && { record: toRecord(this.table, row), fingerprint: row.request_fingerprint };
  }

  /** The one with these values in these columns. */
  async findBy(columns: Columns, lock: '' | 'for update' = ''): Promise<RecordOf<C> | undefined> {
    const row = await this.#find(columns, lock);
    return row && toRecord(this.table, row);
  }

  async findAll(filter: F, { after, limit }: ListPage): Promise<Slice<RecordOf<C>>> {
    const values: unknown[] = [this.session.tenant, limit];
    const place = (value: unknown): string => `$${values.push(value)}`;
    const equal = Object.entries(this.table.toFilter(filter)).filter(([, value]) => value !== undefined);
    let from = `${this.table.name} as r where tenant = $1`;
    for (const [column, value] of equal) from += ` and ${column} = ${place(value)}`;
    if (after) from += ` and (create_time, id) < (${place(after.createTime)}, ${place(after.id)})`;
    const text = slice(selected(this.table), 'octet_length(r::text)', from, 'create_time desc, id desc', '$2::int');
    return toSlice(await this.session.run<RecordRow>(text, values), (row) => toRecord(this.table, row));
  }

  async update(id: string, content: C, etag: string): Promise<RecordOf<C>> {
    const columns = { etag, ...this.table.toColumns(content) };
    const settings = Object.keys(columns).map((name, i) => `${name} = $${i + 3}`);
    const text = `update ${this.table.name} set ${settings.join(', ')}, update_time = clock_timestamp()
      where tenant = $1 and id = $2 returning ${selected(this.table)}`;
    const changed = await this.#written(text, [this.session.tenant, id, ...Object.values(columns)]).catch(
      (error: unknown) => {
        const isTaken = error instanceof pg.DatabaseError && TAKEN.includes(error.code ?? '');
        throw (isTaken && this.table.taken?.(id)) || error;
      },
    );
    if (!changed) throw new Error(`${this.table.name} ${id} was not found for change`);
    return changed;
  }

  async delete(id: string): Promise<boolean> {
    const text = `delete from ${this.table.name} where tenant = $1 and id = $2 returning id`;
    return (await this.session.run(text, [this.session.tenant, id])).length > 0;
  }

  async #find(columns: Columns, lock: '' | 'for update'): Promise<RecordRow | undefined> {
    const conditions = Object.keys(columns).map((name, i) => ` and ${name} = $${i + 2}`);
    const text = `select ${selected(this.table)} from ${this.table.name} where tenant = $1${conditions.join('')} ${lock}`;
    const [row] = await this.session.run<RecordRow>(text, [this.session.tenant, ...Object.values(columns)]);
    return row;
  }

  async #written(text: string, values: unknown[]): Promise<RecordOf<C> | undefined> {
    const [row] = await this.session.run<RecordRow>(text, values);
    return row && toRecord(this.table, row);
  }
}
