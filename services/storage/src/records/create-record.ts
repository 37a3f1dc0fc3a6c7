import { createHash, randomUUID } from 'node:crypto';
import { newEtag } from './etag.ts';
import type { RecordKind, RecordOf } from './record.ts';
import { recordInvalid, requestIdReused } from './record-error.ts';
import type { Repository } from './repository.ts';

/** Which request, and what it asked for. */
export interface RequestKey {
  /** Empty makes no promise about a second call. */
  readonly requestId: string;
  readonly requestFingerprint: string;
}

/** Without a fingerprint the content is what was asked for. */
export interface CreateInput<C> extends Pick<RequestKey, 'requestId'>, Partial<Pick<RequestKey, 'requestFingerprint'>> {
  readonly content: C;
}

export type CreateOutcome<C> =
  | { readonly type: 'created'; readonly record: RecordOf<C> }
  /** By an equal request with the same id. */
  | { readonly type: 'created-before'; readonly record: RecordOf<C> }
  /** The kind has this once only, and it is there. */
  | { readonly type: 'taken' };

/** What a request asked for: the same for equal content, whatever the order of its fields. */
function fingerprintOf(content: object): string {
  const sorted = (_: string, value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return createHash('sha256').update(JSON.stringify(content, sorted)).digest('hex');
}

/** `complete` adds to the content what the request does not say; a second, equal request does not run it. */
export async function createRecord<C extends object, F>(
  kind: RecordKind<C>,
  repository: Repository<C, F>,
  input: CreateInput<C> & { complete?: (content: C) => Promise<C> },
): Promise<CreateOutcome<C>> {
  const { content, requestId, requestFingerprint, complete } = input;
  const problem = kind.check(content);
  if (problem) throw recordInvalid(kind, problem);
  const request =
    requestId === '' ? undefined : { id: requestId, fingerprint: requestFingerprint || fingerprintOf(content) };
  const before = request && (await requestedBefore(kind, repository, request));
  if (before) return { type: 'created-before', record: before };
  const whole = complete ? await complete(content) : content;
  const record = await repository.save({ id: randomUUID(), etag: newEtag(), content: whole, request });
  if (record) return { type: 'created', record };
  // An equal request may have been faster.
  const meanwhile = request && (await requestedBefore(kind, repository, request));
  return meanwhile ? { type: 'created-before', record: meanwhile } : { type: 'taken' };
}

/** The record that the request made; undefined when it made none. */
export const requestedRecord = async <C, F>(
  kind: RecordKind<C>,
  repository: Repository<C, F>,
  { requestId: id, requestFingerprint: fingerprint }: RequestKey,
): Promise<RecordOf<C> | undefined> => (id === '' ? undefined : requestedBefore(kind, repository, { id, fingerprint }));

async function requestedBefore<C, F>(
  kind: RecordKind<C>,
  repository: Repository<C, F>,
  { id, fingerprint }: { id: string; fingerprint: string },
): Promise<RecordOf<C> | undefined> {
  const found = await repository.findByRequest(id);
  if (found && found.fingerprint !== fingerprint) throw requestIdReused(id, nameOf(kind, found.record));
  return found?.record;
}

const nameOf = <C>(kind: RecordKind<C>, record: RecordOf<C>): string =>
  kind.nameOf?.(record) ?? `${kind.collection}/${record.id}`;

/** Of a kind that has nothing once only: `taken` can only be an id that was drawn twice. */
export function madeBy<C>(outcome: CreateOutcome<C>): RecordOf<C> {
  if (outcome.type === 'taken') throw new Error('a new id was taken');
  return outcome.record;
}
