import type { ListPosition, Slice } from '../paging/index.ts';
import type { Call, NewRecord, RecordOf } from './record.ts';
import type { Telling } from './record-event.ts';

export interface RequestedRecord<C> {
  readonly record: RecordOf<C>;
  readonly fingerprint: string;
}

export interface ListPage {
  readonly after: ListPosition | undefined;
  readonly limit: number;
}

/** The records of one kind and one tenant. `F` says which to list; what is undefined in it does not matter. */
export interface Repository<C, F = Readonly<Record<never, never>>> {
  /**
   * Undefined when there is one already that this would repeat, of the same request or of what the kind has once only;
   * nothing is stored then. Waits for others that are just storing the same.
   */
  save(record: NewRecord<C>): Promise<RecordOf<C> | undefined>;
  findById(id: string): Promise<RecordOf<C> | undefined>;
  /** As `findById`; nobody else changes it until the transaction ends. */
  findForChange(id: string): Promise<RecordOf<C> | undefined>;
  findByRequest(requestId: string): Promise<RequestedRecord<C> | undefined>;
  /** Newest first, strictly after the position, at most `limit`, and fewer when they would not fit into an answer. */
  findAll(filter: F, page: ListPage): Promise<Slice<RecordOf<C>>>;
  /** Of one that this transaction has found for change. */
  update(id: string, content: C, etag: string): Promise<RecordOf<C>>;
  delete(id: string): Promise<boolean>;
}

/** `U` holds the repositories. Every method sees the call's tenant only and stops its work when the call's signal fires. */
export interface RecordStore<U> {
  /** Commits all that `work` did, or nothing of it when it throws or the call ends. Others see it when it is committed. */
  withTransaction<T>(call: Call, work: (unit: U & Telling) => Promise<T>): Promise<T>;
  /** For single reads: each sees what is committed. */
  reading(call: Call): U;
  /** The secret that page tokens are signed with: the same in every replica and after every restart. */
  pageTokenKey(call: Call): Promise<Uint8Array>;
}
