import { isUuid } from '../paging/index.ts';
import { newEtag } from './etag.ts';
import type { RecordKind, RecordOf } from './record.ts';
import { etagMismatch, notFound, recordInvalid, updateMaskInvalid } from './record-error.ts';
import type { Repository } from './repository.ts';

export interface Version {
  readonly id: string;
  /** Empty means any. */
  readonly etag: string;
}

export interface UpdateInput<C> extends Version {
  readonly mask: readonly string[];
  /** What the mask does not name is not looked at. */
  readonly values: C;
}

/** Pure. The content with the values that the mask names. */
export function withMask<C extends object>(kind: RecordKind<C>, current: C, { mask, values }: UpdateInput<C>): C {
  if (mask.length === 0) throw updateMaskInvalid(kind, '');
  const content = { ...current };
  for (const path of mask) {
    const key = Object.hasOwn(kind.changeable, path) ? kind.changeable[path] : undefined;
    if (key === undefined) throw updateMaskInvalid(kind, path);
    content[key] = values[key];
  }
  const problem = kind.check(content);
  if (problem) throw recordInvalid(kind, problem);
  return content;
}

/** The record, ours until the transaction ends. */
export async function findForChange<C, F>(
  kind: RecordKind<C>,
  repository: Repository<C, F>,
  { id, etag }: Version,
): Promise<RecordOf<C>> {
  const current = isUuid(id) ? await repository.findForChange(id) : undefined;
  if (current === undefined) throw notFound(kind.notFound, `${kind.collection}/${id}`);
  if (etag !== '' && etag !== current.etag) throw etagMismatch(`${kind.collection}/${id}`, etag);
  return current;
}

export async function updateRecord<C extends object, F>(
  kind: RecordKind<C>,
  repository: Repository<C, F>,
  input: UpdateInput<C>,
): Promise<RecordOf<C>> {
  const current = await findForChange(kind, repository, input);
  return repository.update(input.id, withMask<C>(kind, current, input), newEtag());
}

export async function deleteRecord<C, F>(
  kind: RecordKind<C>,
  repository: Repository<C, F>,
  version: Version,
): Promise<void> {
  await findForChange(kind, repository, version);
  await repository.delete(version.id);
}
