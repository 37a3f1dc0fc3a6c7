import {
  isUuid,
  openPageToken,
  openPosition,
  type Page,
  type PageInput,
  pageSizeOf,
  sealPageToken,
  sealPosition,
  toPage,
  type TokenScope,
} from '../paging/index.ts';
import type { Call, Definition, Revision } from './definition.ts';
import { definitionNotFound } from './definition-error.ts';
import { termKeyOf } from './definition-keys.ts';
import type { DefinitionStore } from './definition-store.ts';

export async function getDefinition(store: DefinitionStore, call: Call, id: string): Promise<Definition> {
  const found = isUuid(id) ? await store.get(call, id) : undefined;
  if (found === undefined) throw definitionNotFound(id);
  return found;
}

export async function listDefinitions(
  store: DefinitionStore,
  call: Call,
  input: PageInput & { term: string },
): Promise<Page<Definition>> {
  const termKey = input.term === '' ? undefined : termKeyOf(input.term);
  const scope: TokenScope = ['definitions', call.tenant, termKey === undefined ? 'all' : `term ${termKey}`];
  const key = await store.pageTokenKey(call);
  const after = openPosition(key, scope, input.pageToken);
  const slice = await store.list(call, { termKey, after, limit: pageSizeOf(input.pageSize) });
  return toPage(slice, (last) => sealPosition(key, scope, last));
}

export async function listRevisions(
  store: DefinitionStore,
  call: Call,
  input: PageInput & { id: string },
): Promise<Page<Revision>> {
  if (!isUuid(input.id)) throw definitionNotFound(input.id);
  const scope: TokenScope = ['revisions', call.tenant, input.id];
  const key = await store.pageTokenKey(call);
  const below = input.pageToken === '' ? undefined : Number(openPageToken(key, scope, input.pageToken));
  const slice = await store.listRevisions(call, input.id, { below, limit: pageSizeOf(input.pageSize) });
  // A page below the first revision is empty, and so is the history of a definition that is not there.
  if (slice.items.length === 0 && below === undefined) throw definitionNotFound(input.id);
  return toPage(slice, (last) => sealPageToken(key, scope, String(last.number)));
}
