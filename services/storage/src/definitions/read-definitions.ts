import type { Call, Definition, Revision } from './definition.ts';
import { definitionNotFound, pageTokenInvalid } from './definition-error.ts';
import { termKeyOf } from './definition-keys.ts';
import type { DefinitionStore, ListPosition, Slice } from './definition-store.ts';
import { openPageToken, pageSizeOf, sealPageToken, type TokenScope } from './page-tokens.ts';

const DEFINITION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Names may hold other ids than ours: those simply do not exist. */
export const isDefinitionId = (id: string): boolean => DEFINITION_ID.test(id);

export interface Page<T> {
  readonly items: readonly T[];
  /** Empty on the last page. */
  readonly nextPageToken: string;
}

export interface PageInput {
  readonly pageSize: number;
  readonly pageToken: string;
}

export async function getDefinition(store: DefinitionStore, call: Call, id: string): Promise<Definition> {
  const found = isDefinitionId(id) ? await store.get(call, id) : undefined;
  if (found === undefined) throw definitionNotFound(id);
  return found;
}

function positionOf(text: string, token: string): ListPosition {
  const [time = '', id = ''] = text.split(' ');
  if (!isDefinitionId(id)) throw pageTokenInvalid(token);
  return { createTime: new Date(Number(time)), id };
}

function page<T>({ items, more }: Slice<T>, seal: (last: T) => string): Page<T> {
  const last = items.at(-1);
  return { items, nextPageToken: more && last !== undefined ? seal(last) : '' };
}

export async function listDefinitions(
  store: DefinitionStore,
  call: Call,
  input: PageInput & { term: string },
): Promise<Page<Definition>> {
  const termKey = input.term === '' ? undefined : termKeyOf(input.term);
  const scope: TokenScope = ['definitions', call.tenant, termKey === undefined ? 'all' : `term ${termKey}`];
  const key = await store.pageTokenKey(call);
  const { pageToken } = input;
  const after = pageToken === '' ? undefined : positionOf(openPageToken(key, scope, pageToken), pageToken);
  const slice = await store.list(call, { termKey, after, limit: pageSizeOf(input.pageSize) });
  return page(slice, (last) => sealPageToken(key, scope, `${last.createTime.getTime()} ${last.id}`));
}

export async function listRevisions(
  store: DefinitionStore,
  call: Call,
  input: PageInput & { id: string },
): Promise<Page<Revision>> {
  if (!isDefinitionId(input.id)) throw definitionNotFound(input.id);
  const scope: TokenScope = ['revisions', call.tenant, input.id];
  const key = await store.pageTokenKey(call);
  const below = input.pageToken === '' ? undefined : Number(openPageToken(key, scope, input.pageToken));
  const slice = await store.listRevisions(call, input.id, { below, limit: pageSizeOf(input.pageSize) });
  // A page below the first revision is empty, and so is the history of a definition that is not there.
  if (slice.items.length === 0 && below === undefined) throw definitionNotFound(input.id);
  return page(slice, (last) => sealPageToken(key, scope, String(last.number)));
}
