import { isUuid } from '../paging/index.ts';
import { type Call, type Definition, type DefinitionContent, type NewRevision, stateOf } from './definition.ts';
import { definitionNotFound, etagMismatch, updateMaskInvalid } from './definition-error.ts';
import type { DefinitionChange, DefinitionStore } from './definition-store.ts';
import { newEtag } from '../records/index.ts';

const CHANGEABLE = ['text', 'assessment', 'category', 'examples', 'narration'] as const;
type Changeable = (typeof CHANGEABLE)[number];

export interface UpdateDefinitionInput {
  readonly id: string;
  /** Empty changes any version. */
  readonly etag: string;
  readonly mask: readonly string[];
  readonly values: Pick<DefinitionContent, Changeable>;
  readonly note: string;
}

const isChangeable = (path: string): path is Changeable => (CHANGEABLE as readonly string[]).includes(path);

function checkedMask(mask: readonly string[], values: UpdateDefinitionInput['values']): ReadonlySet<Changeable> {
  if (mask.length === 0) throw updateMaskInvalid('', `update_mask is empty; name any of ${CHANGEABLE.join(', ')}`);
  const fields = new Set<Changeable>();
  for (const path of mask) {
    if (!isChangeable(path)) throw updateMaskInvalid(path, `only ${CHANGEABLE.join(', ')} can be updated`);
    fields.add(path);
  }
  if (fields.has('text') && values.text.trim() === '')
    throw updateMaskInvalid('text', 'the text must not be empty', 'definition.text');
  return fields;
}

/** Pure. An assessment speaks of one text: a new text without a new assessment has none and is a draft. */
export function decideChange(current: Definition, input: UpdateDefinitionInput, etag: string): DefinitionChange {
  const fields = checkedMask(input.mask, input.values);
  if (input.etag !== '' && input.etag !== current.etag) throw etagMismatch(current.id, input.etag);
  const { values } = input;
  const text = fields.has('text') ? values.text : current.text;
  const isNewText = text !== current.text;
  const kept = isNewText ? undefined : current.assessment;
  const assessment = fields.has('assessment') ? values.assessment : kept;
  const content: DefinitionContent = {
    ...current,
    text,
    assessment,
    category: fields.has('category') ? values.category : current.category,
    examples: fields.has('examples') ? values.examples : current.examples,
    narration: fields.has('narration') ? values.narration : current.narration,
  };
  const revision: NewRevision | undefined = isNewText ? { text, assessment, note: input.note } : undefined;
  return { content, state: stateOf(assessment), etag, revision };
}

export async function updateDefinition(
  store: DefinitionStore,
  call: Call,
  input: UpdateDefinitionInput,
): Promise<Definition> {
  checkedMask(input.mask, input.values);
  if (!isUuid(input.id)) throw definitionNotFound(input.id);
  const changed = await store.change(call, input.id, (current) => decideChange(current, input, newEtag()));
  if (changed === undefined) throw definitionNotFound(input.id);
  return changed;
}

export async function deleteDefinition(store: DefinitionStore, call: Call, id: string, etag: string): Promise<void> {
  if (!isUuid(id)) throw definitionNotFound(id);
  const removed = await store.remove(call, id, (current) => {
    if (etag !== '' && etag !== current.etag) throw etagMismatch(id, etag);
  });
  if (!removed) throw definitionNotFound(id);
}
