import type { ListPosition, Slice } from '../paging/index.ts';
import type { Call, Definition, DefinitionContent, DefinitionState, NewRevision, Revision } from './definition.ts';
import type { DefinitionKeys } from './definition-keys.ts';

export interface NewDefinition {
  readonly id: string;
  readonly etag: string;
  readonly state: DefinitionState;
  readonly content: DefinitionContent;
  readonly keys: DefinitionKeys;
  /** Oldest first, at least one. */
  readonly revisions: readonly NewRevision[];
  readonly request: { readonly id: string; readonly fingerprint: string } | undefined;
  readonly allowDuplicate: boolean;
}

export interface RequestedDefinition {
  readonly definition: Definition;
  readonly fingerprint: string;
}

export type CreateOutcome =
  | { readonly type: 'created'; readonly definition: Definition }
  /** The request id is known; nothing was stored. */
  | ({ readonly type: 'requested-before' } & RequestedDefinition)
  /** Term, context and language, or the id itself, are taken; nothing was stored. */
  | { readonly type: 'duplicate'; readonly id: string };

export interface DefinitionChange {
  readonly content: DefinitionContent;
  readonly state: DefinitionState;
  readonly etag: string;
  readonly revision: NewRevision | undefined;
}

/** Every method sees the call's tenant only and stops its work when the call's signal fires. */
export interface DefinitionStore {
  /** All or nothing. Concurrent calls: one is first, the others see what it stored. */
  create(call: Call, definition: NewDefinition): Promise<CreateOutcome>;
  findByRequest(call: Call, requestId: string): Promise<RequestedDefinition | undefined>;
  /** The id of one with these keys, the oldest. */
  findDuplicate(call: Call, keys: DefinitionKeys): Promise<string | undefined>;
  get(call: Call, id: string): Promise<Definition | undefined>;
  /** Nobody else changes the definition between `decide` and the write; what `decide` throws leaves it as it was. */
  change(call: Call, id: string, decide: (current: Definition) => DefinitionChange): Promise<Definition | undefined>;
  /** False when there is none. `allow` throws to keep it. */
  remove(call: Call, id: string, allow: (current: Definition) => void): Promise<boolean>;
  /** Newest first, strictly after the position, at most `limit`, and fewer when they would not fit into an answer. */
  list(
    call: Call,
    page: { termKey: string | undefined; after: ListPosition | undefined; limit: number },
  ): Promise<Slice<Definition>>;
  /** Newest first, strictly below the number; otherwise as `list`. Every definition has at least one revision. */
  listRevisions(call: Call, id: string, page: { below: number | undefined; limit: number }): Promise<Slice<Revision>>;
  /** The secret that page tokens are signed with: the same in every replica and after every restart. */
  pageTokenKey(call: Call): Promise<Uint8Array>;
}
