import type { RecordOf, Stored } from '../records/index.ts';

/** Columns of a table by name; jsonb and arrays as the driver takes and gives them. */
export type Columns = Readonly<Record<string, unknown>>;

/** How one kind of record lies in its table. What every record has is not part of it. */
export interface RecordTable<C, F> {
  readonly name: string;
  /** What content is read from. */
  readonly columns: readonly string[];
  /** All that content fills, keys for searching too. */
  toColumns(content: C): Columns;
  toContent(row: never): C;
  /** What the columns of those in a list equal; undefined does not matter. */
  toFilter(filter: F): Columns;
  /** What to throw when a change would make what the table has once only. */
  taken?(id: string): Error;
}

interface StoredRow {
  id: string;
  etag: string;
  create_time: Date;
  update_time: Date;
}

export interface RecordRow extends StoredRow {
  request_fingerprint: string;
  more: boolean;
}

const STORED = ['id', 'etag', 'create_time', 'update_time', 'request_fingerprint'];

export const selected = (table: Pick<RecordTable<never, never>, 'columns'>): string =>
  [...STORED, ...table.columns].join(', ');

const toStored = (row: StoredRow): Stored => ({
  id: row.id,
  etag: row.etag,
  createTime: row.create_time,
  updateTime: row.update_time,
});

export const toRecord = <C, F>(table: RecordTable<C, F>, row: RecordRow): RecordOf<C> => ({
  ...table.toContent(row as never),
  ...toStored(row),
});

/** The driver writes arrays as PostgreSQL arrays, so JSON is written here. */
export const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
