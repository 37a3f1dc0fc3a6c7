import type { Page, PageInput } from '../paging/index.ts';
import {
  type Call,
  type CreateInput,
  createRecord,
  deleteRecord,
  getRecord,
  listRecords,
  RecordError,
  type RecordStore,
  type UpdateInput,
  updateRecord,
  type Version,
} from '../records/index.ts';
import { CHILD, type Child, type ChildContent, type ChildRepository, type ExactMatch } from './child.ts';

/** A store that has children, whatever else it has. */
export type ChildStore = RecordStore<{ readonly children: ChildRepository }>;

/** The child that is there when there is one of this name, age and gender. */
export function createChild(store: ChildStore, call: Call, input: CreateInput<ChildContent>): Promise<Child> {
  return store.withTransaction(call, async ({ children }) => {
    // Goes round again only when somebody deleted the match between two statements, and ends with the call.
    for (;;) {
      const outcome = await createRecord(CHILD, children, input);
      if (outcome.type !== 'taken') return outcome.record;
      const match = await children.findExactMatch(input.content);
      if (match) return match;
    }
  });
}

export async function findChild(store: ChildStore, call: Call, child: ExactMatch): Promise<Child> {
  const match = await store.reading(call).children.findExactMatch(child);
  if (match) return match;
  throw new RecordError('CHILD_NOT_FOUND', 'there is no child of this name, age and gender', {});
}

export const getChild = (store: ChildStore, call: Call, id: string): Promise<Child> =>
  getRecord(CHILD, store.reading(call).children, id);

export const updateChild = (store: ChildStore, call: Call, input: UpdateInput<ChildContent>): Promise<Child> =>
  store.withTransaction(call, ({ children }) => updateRecord(CHILD, children, input));

export const deleteChild = (store: ChildStore, call: Call, version: Version): Promise<void> =>
  store.withTransaction(call, ({ children }) => deleteRecord(CHILD, children, version));

export const listChildren = (store: ChildStore, call: Call, page: PageInput): Promise<Page<Child>> =>
  listRecords(store, call, { kind: CHILD, in: ({ children }) => children, filter: {}, page });
