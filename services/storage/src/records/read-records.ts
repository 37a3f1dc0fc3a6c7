import { isUuid, openPosition, type Page, type PageInput, pageSizeOf, sealPosition, toPage } from '../paging/index.ts';
import type { Call, RecordKind, RecordOf } from './record.ts';
import { notFound } from './record-error.ts';
import type { RecordStore, Repository } from './repository.ts';

const MAX_PAGE_SIZE = 100;

export async function getRecord<C, F>(
  kind: RecordKind<C>,
  repository: Repository<C, F>,
  id: string,
): Promise<RecordOf<C>> {
  const found = isUuid(id) ? await repository.findById(id) : undefined;
  if (found === undefined) throw notFound(kind.notFound, `${kind.collection}/${id}`);
  return found;
}

/** A list: what it is of, the repository of a unit, and the filter. */
export interface ListOf<C, F, U> {
  readonly kind: Pick<RecordKind<C>, 'collection'>;
  readonly in: (unit: U) => Repository<C, F>;
  readonly filter: F;
}

/** A token is good for the same tenant, kind and filter only. */
export async function listRecords<C, F, U>(
  store: RecordStore<U>,
  call: Call,
  list: ListOf<C, F, U> & { page: PageInput },
): Promise<Page<RecordOf<C>>> {
  const scope = [list.kind.collection, call.tenant, JSON.stringify(list.filter)];
  const key = await store.pageTokenKey(call);
  const after = openPosition(key, scope, list.page.pageToken);
  const limit = pageSizeOf(list.page.pageSize, MAX_PAGE_SIZE);
  const slice = await list.in(store.reading(call)).findAll(list.filter, { after, limit });
  return toPage(slice, (last) => sealPosition(key, scope, last));
}
