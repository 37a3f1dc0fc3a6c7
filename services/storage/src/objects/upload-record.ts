import type { StoredObject } from './object.ts';
import { ObjectError } from './object-error.ts';

/** Bytes of one call, from `offset` of the object up to the next part. */
export interface UploadedPart {
  readonly id: string;
  readonly offset: bigint;
}

/** An upload that may break off and go on in another call, in another replica, or after a restart. */
export interface Upload {
  readonly id: string;
  readonly path: string;
  /** Bytes that arrived and are durable. */
  readonly receivedBytes: bigint;
  /** In the order of their offsets, without gaps. */
  readonly parts: readonly UploadedPart[];
  /** Which call writes the last part; undefined when none does. Nobody else writes until `writerUntil`. */
  readonly writer: string | undefined;
  readonly writerUntil: Date;
  /** Of the object, once it is stored; empty before. */
  readonly etag: string;
  readonly createTime: Date;
  readonly expireTime: Date;
}

/** What becomes of an upload; undefined removes it. `now` is the store's clock: replicas may differ. */
export type UploadStep = (current: Upload | undefined, now: Date) => Upload | undefined;

export interface Claim {
  readonly id: string;
  readonly path: string;
  readonly offset: bigint;
  /** New for every call: the id of the writer and of its part. */
  readonly writer: string;
  readonly leaseMs: number;
  readonly keepMs: number;
}

const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms);

/** Makes a new upload or goes on with one, as its only writer. */
export function claimUpload(claim: Claim): UploadStep {
  const part: UploadedPart = { id: claim.writer, offset: claim.offset };
  return (found, now) => {
    const current = found !== undefined && found.expireTime > now ? found : undefined;
    assertClaim(claim, current, now);
    const lease = { writer: claim.writer, writerUntil: after(now, claim.leaseMs) };
    // A part that begins where this one does has nothing of the upload: its call broke off at once.
    const parts = [...(current?.parts ?? []).filter(({ offset }) => offset < claim.offset), part];
    if (current !== undefined) return { ...current, ...lease, parts };
    const { id, path } = claim;
    const times = { createTime: now, expireTime: after(now, claim.keepMs) };
    return { id, path, receivedBytes: 0n, etag: '', parts, ...times, ...lease };
  };
}

function assertClaim(claim: Claim, current: Upload | undefined, now: Date): void {
  if (current === undefined) {
    if (claim.offset > 0n) throw uploadNotFound(claim.id);
    return;
  }
  if (current.path !== claim.path) throw uploadReused(current);
  if (current.etag !== '') throw uploadFinished(current);
  if (current.writer !== undefined && current.writerUntil > now) throw uploadBusy(claim.id);
  if (current.receivedBytes !== claim.offset) throw offsetMismatch(current, claim.offset);
}

/** The upload, if this call is still its writer. */
function owned(current: Upload | undefined, id: string, writer: string): Upload {
  if (current?.writer !== writer) throw uploadBusy(id);
  return current;
}

export interface Progress {
  readonly id: string;
  readonly writer: string;
  readonly receivedBytes: bigint;
}

export const recordProgress =
  ({ id, writer, receivedBytes }: Progress, leaseMs: number): UploadStep =>
  (current, now) => ({ ...owned(current, id, writer), receivedBytes, writerUntil: after(now, leaseMs) });

/** Lets others go on. An upload that somebody else has, or that is gone, stays as it is. */
export const leaveUpload =
  ({ writer, receivedBytes }: Progress): UploadStep =>
  (current, now) =>
    current?.writer === writer ? { ...current, receivedBytes, writer: undefined, writerUntil: now } : current;

/** Its parts are no longer needed; that it was stored stays on record until its time is over. */
export const finishUpload =
  ({ id, writer, receivedBytes }: Progress, etag: string): UploadStep =>
  (current, now) => {
    const upload = owned(current, id, writer);
    return { ...upload, receivedBytes, etag, parts: [], writer: undefined, writerUntil: now };
  };

const nameOf = (id: string): string => `uploads/${id}`;

export const uploadNotFound = (id: string): ObjectError =>
  new ObjectError('UPLOAD_NOT_FOUND', `there is no ${nameOf(id)}, or it has expired`, { name: nameOf(id) });

export const uploadBusy = (id: string): ObjectError =>
  new ObjectError('UPLOAD_BUSY', `another call is sending to ${nameOf(id)}`, { name: nameOf(id) });

export const uploadDamaged = (id: string): ObjectError =>
  new ObjectError('UPLOAD_DAMAGED', `what arrived of ${nameOf(id)} is lost: send all of it again`, {
    name: nameOf(id),
  });

const offsetMismatch = ({ id, receivedBytes }: Upload, offset: bigint): ObjectError =>
  new ObjectError('UPLOAD_OFFSET_MISMATCH', `${nameOf(id)} goes on at byte ${receivedBytes}, not at ${offset}`, {
    name: nameOf(id),
    offset: String(offset),
    received_bytes: String(receivedBytes),
  });

const objectOf = ({ path }: Pick<StoredObject, 'path'>): string => `objects/${path}`;

const uploadReused = (upload: Upload): ObjectError =>
  new ObjectError('UPLOAD_REUSED', `${nameOf(upload.id)} is of ${objectOf(upload)}: use a new id`, {
    name: nameOf(upload.id),
    object: objectOf(upload),
  });

const uploadFinished = (upload: Upload): ObjectError =>
  new ObjectError('UPLOAD_FINISHED', `${nameOf(upload.id)} is done: ${objectOf(upload)} was stored`, {
    name: nameOf(upload.id),
    object: objectOf(upload),
    etag: upload.etag,
  });
