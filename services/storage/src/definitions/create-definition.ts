import { randomUUID } from 'node:crypto';
import { type Call, type Definition, type DefinitionContent, type NewRevision, stateOf } from './definition.ts';
import { definitionExists, requestIdReused } from './definition-error.ts';
import { definitionKeys } from './definition-keys.ts';
import type { DefinitionStore, RequestedDefinition } from './definition-store.ts';
import { newEtag } from '../records/index.ts';

export interface CreateDefinitionInput {
  readonly content: DefinitionContent;
  /** Empty lets us choose. */
  readonly id: string;
  /** Oldest first; empty makes one of the content's text. */
  readonly revisions: readonly NewRevision[];
  readonly requestId: string;
  readonly requestFingerprint: string;
  readonly allowDuplicate: boolean;
}

export interface LookupInput {
  readonly requestId: string;
  readonly requestFingerprint: string;
  readonly term: string;
  readonly context: DefinitionContent['context'];
  readonly language: string;
}

/** The last revision is the text that holds; its assessment too, when it has one. */
function withNewestText(content: DefinitionContent, revisions: readonly NewRevision[]): DefinitionContent {
  const last = revisions.at(-1);
  if (last === undefined || (last.text === content.text && last.assessment === undefined)) return content;
  return { ...content, text: last.text, assessment: last.assessment };
}

function sameRequest(found: RequestedDefinition, requestId: string, fingerprint: string): Definition {
  if (found.fingerprint !== fingerprint) throw requestIdReused(requestId, found.definition.id);
  return found.definition;
}

export async function createDefinition(
  store: DefinitionStore,
  call: Call,
  input: CreateDefinitionInput,
): Promise<Definition> {
  const content = withNewestText(input.content, input.revisions);
  const first = { text: content.text, assessment: content.assessment, note: 'first text' };
  const outcome = await store.create(call, {
    id: input.id === '' ? randomUUID() : input.id,
    etag: newEtag(),
    state: stateOf(content.assessment),
    content,
    keys: definitionKeys(content),
    revisions: input.revisions.length === 0 ? [first] : input.revisions,
    request: input.requestId === '' ? undefined : { id: input.requestId, fingerprint: input.requestFingerprint },
    allowDuplicate: input.allowDuplicate,
  });
  switch (outcome.type) {
    case 'created':
      return outcome.definition;
    case 'requested-before':
      return sameRequest(outcome, input.requestId, input.requestFingerprint);
    case 'duplicate':
      throw definitionExists(outcome.id, content.term);
  }
}

export async function lookupDefinition(
  store: DefinitionStore,
  call: Call,
  input: LookupInput,
): Promise<{ byRequest: Definition | undefined; duplicateId: string | undefined }> {
  const found = input.requestId === '' ? undefined : await store.findByRequest(call, input.requestId);
  const byRequest = found && sameRequest(found, input.requestId, input.requestFingerprint);
  return { byRequest, duplicateId: await store.findDuplicate(call, definitionKeys(input)) };
}
