import {
  openPageToken,
  type Page,
  type PageInput,
  pageSizeOf,
  sealPageToken,
  toPage,
  type TokenScope,
} from '../paging/index.ts';
import type { ObjectIndex } from './object-index.ts';
import type { Call, StoredObject } from './object.ts';

const MAX_PAGE_SIZE = 1000;

/** A page begins after the last path of the one before: what is stored or deleted meanwhile moves nothing. */
export async function listObjects(
  index: ObjectIndex,
  call: Call,
  input: PageInput & { readonly prefix: string },
): Promise<Page<StoredObject>> {
  const scope: TokenScope = ['objects', call.tenant, input.prefix];
  const key = await index.pageTokenKey(call);
  const after = input.pageToken === '' ? '' : openPageToken(key, scope, input.pageToken);
  const limit = pageSizeOf(input.pageSize, MAX_PAGE_SIZE);
  const slice = await index.list(call, { prefix: input.prefix, after, limit });
  return toPage(slice, (last) => sealPageToken(key, scope, last.path));
}
