import { randomUUID } from 'node:crypto';
import { BlockChecks } from './block-checks.ts';
import { callAside } from './call-aside.ts';
import { joinParts } from './join-parts.ts';
import type { StagedBytes, StagedPart } from './object-bytes.ts';
import { ObjectError, type ObjectErrorReason } from './object-error.ts';
import type { Call, StoredObject, UploadHeader, UploadPart } from './object.ts';
import { receiveBytes } from './receive-bytes.ts';
import { untilAborted } from './until-aborted.ts';
import { UploadLease } from './upload-lease.ts';
import { changeUpload, removeParts } from './change-upload.ts';
import { assertEtag, commitObject, sealedObject, type UploadPorts } from './store-object.ts';
import { claimUpload, finishUpload, type UploadedPart } from './upload-record.ts';

export interface ContinuedUpload {
  readonly header: UploadHeader;
  readonly id: string;
  readonly parts: AsyncIterator<UploadPart>;
}

interface Writing {
  readonly id: string;
  readonly writer: string;
  readonly header: UploadHeader;
  /** All parts of the upload; the last one is ours. */
  readonly parts: readonly UploadedPart[];
  readonly part: StagedPart;
  readonly lease: UploadLease;
}

/** What is wrong with the bytes themselves: more calls would not mend it. */
const HOPELESS: readonly ObjectErrorReason[] = ['OBJECT_HASH_MISMATCH', 'OBJECT_TOO_LARGE', 'UPLOAD_DAMAGED'];

/** Fewer bytes than declared are no lie: a caller that breaks off can look like one that has ended. */
function isHopeless(error: unknown): boolean {
  if (!(error instanceof ObjectError)) return false;
  const { declared = 0, received = 0 } = error.metadata;
  return (
    HOPELESS.includes(error.reason) || (error.reason === 'OBJECT_SIZE_MISMATCH' && BigInt(received) > BigInt(declared))
  );
}

/** One call of an upload. What breaks off is kept, and another call goes on there. */
export async function continueUpload(
  ports: UploadPorts,
  call: Call,
  { header, id, parts }: ContinuedUpload,
): Promise<StoredObject> {
  const writing = await begin(ports, call, header, id);
  try {
    const object = await receiveAndStore(ports, call, writing, parts);
    await removeParts(ports, id, writing.parts);
    return object;
  } catch (error) {
    await (isHopeless(error) ? giveUp(ports, call, writing) : writing.lease.leave());
    throw error;
  }
}

async function begin(ports: UploadPorts, call: Call, header: UploadHeader, id: string): Promise<Writing> {
  const { keepMs, leaseMs } = ports.keeping;
  const [writer, { path, offset }] = [randomUUID(), header];
  const claim = claimUpload({ id, path, offset, writer, leaseMs, keepMs });
  const { before, after } = await changeUpload(ports, call, id, claim);
  const parts = after?.parts ?? [];
  // Only now, when they are on no record: who looks for parts without an upload must not find this one.
  await removeParts(
    ports,
    id,
    (before?.parts ?? []).filter((old) => !parts.some((kept) => kept.id === old.id)),
  );
  const part = await ports.bytes.stagePart(writer);
  return { id, writer, header, parts, part, lease: new UploadLease({ ports, call, id, writer, offset, part }) };
}

async function receiveAndStore(
  ports: UploadPorts,
  call: Call,
  writing: Writing,
  parts: AsyncIterator<UploadPart>,
): Promise<StoredObject> {
  const { header, part, lease, id, writer } = writing;
  const checks = new BlockChecks();
  const held = untilAborted({ [Symbol.asyncIterator]: () => parts }, lease.lost);
  const receiver = { header, staged: part, checks, maxObjectBytes: ports.maxObjectBytes };
  const size = await receiveBytes(held, { ...receiver, onWritten: () => lease.wrote() });
  const whole = await wholeOf(ports, call, writing, checks);
  try {
    const object = await sealedObject(header, whole.staged, whole.checks);
    await lease.stop();
    return await commitObject(ports, call, object, {
      allow: (current) => assertEtag(header, current),
      place: () => whole.staged.place(),
      upload: { id, step: finishUpload({ id, writer, receivedBytes: size }, object.etag) },
    });
  } finally {
    // A part stays as long as the upload may go on.
    if (whole.staged !== part) await whole.staged.discard();
  }
}

/** Most uploads never break off: their one part is the whole. */
async function wholeOf(
  ports: UploadPorts,
  call: Call,
  { id, parts, part, header }: Writing,
  checks: BlockChecks,
): Promise<{ staged: StagedBytes; checks: BlockChecks }> {
  if (header.offset === 0n) return { staged: part, checks };
  await part.keep();
  const sizeBytes = header.offset + part.sizeBytes;
  const joined = new BlockChecks();
  const staged = await joinParts({ bytes: ports.bytes, signal: call.signal, id, parts, sizeBytes, checks: joined });
  return { staged, checks: joined };
}

/** Whoever has the upload now keeps it. */
async function giveUp(ports: UploadPorts, call: Call, { id, writer, parts, part, lease }: Writing): Promise<void> {
  const { budgetMs, onNotKept } = ports.keeping;
  await lease.stop();
  try {
    await part.discard();
    const aside = callAside(call.tenant, budgetMs);
    const left = await ports.index.changeUpload(aside, id, (now) => (now?.writer === writer ? undefined : now));
    if (left === undefined) await removeParts(ports, id, parts);
  } catch (cause) {
    onNotKept(id, cause);
  }
}
