import { randomBytes } from 'node:crypto';
import type { ObjectBytes, StagedBytes } from './object-bytes.ts';
import type { ObjectIndex, Suspicion } from './object-index.ts';
import type { BytesCollector } from './collect-bytes.ts';
import type { Call, Sha256, StoredObject, UploadHeader, UploadPart } from './object.ts';
import { hashMismatch, objectEtagMismatch, objectTooLarge, sizeMismatch, uploadOutOfOrder } from './object-error.ts';
import { untilAborted } from './until-aborted.ts';

export interface UploadPorts {
  readonly index: ObjectIndex;
  readonly bytes: ObjectBytes;
  readonly collector: BytesCollector;
  readonly maxObjectBytes: bigint;
}

function assertEtag(header: UploadHeader, current: StoredObject | undefined): void {
  if (header.ifEtag !== '' && current?.etag !== header.ifEtag) throw objectEtagMismatch(header.path, header.ifEtag);
}

async function firstHeader(parts: AsyncIterator<UploadPart>): Promise<UploadHeader> {
  const first = await parts.next();
  if (first.done || first.value.type !== 'header') throw uploadOutOfOrder(0, 'header');
  return first.value.header;
}

async function receive(
  parts: AsyncIterator<UploadPart>,
  staged: StagedBytes,
  header: UploadHeader,
  maxObjectBytes: bigint,
): Promise<void> {
  const declared = header.declaredSizeBytes;
  for (let position = 1; ; position += 1) {
    const part = await parts.next();
    if (part.done) break;
    if (part.value.type !== 'chunk') throw uploadOutOfOrder(position, 'chunk');
    const size = staged.sizeBytes + BigInt(part.value.bytes.length);
    if (size > maxObjectBytes) throw objectTooLarge(maxObjectBytes, 'chunk');
    if (declared !== undefined && size > declared) throw sizeMismatch(declared, size);
    await staged.write(part.value.bytes);
  }
  if (declared !== undefined && staged.sizeBytes !== declared) throw sizeMismatch(declared, staged.sizeBytes);
}

async function sealed(staged: StagedBytes, declared: Sha256 | undefined): Promise<Sha256> {
  const sha256 = await staged.seal();
  if (declared !== undefined && declared !== sha256) throw hashMismatch(declared, sha256);
  return sha256;
}

/** Stores the bytes and then the object; whatever breaks off before the end leaves neither. */
export async function uploadObject(
  ports: UploadPorts,
  call: Call,
  messages: AsyncIterable<UploadPart>,
): Promise<StoredObject> {
  const parts = untilAborted(messages, call.signal);
  try {
    const header = await firstHeader(parts);
    if ((header.declaredSizeBytes ?? 0n) > ports.maxObjectBytes)
      throw objectTooLarge(ports.maxObjectBytes, 'header.size_bytes');
    if (header.ifEtag !== '') assertEtag(header, await ports.index.get(call, header.path));
    const staged = await ports.bytes.stage();
    try {
      await receive(parts, staged, header, ports.maxObjectBytes);
      const sha256 = await sealed(staged, header.declaredSha256);
      return await commit(ports, call, header, staged, sha256);
    } finally {
      await staged.discard();
    }
  } finally {
    await parts.return?.();
  }
}

async function commit(
  ports: UploadPorts,
  call: Call,
  header: UploadHeader,
  staged: StagedBytes,
  sha256: Sha256,
): Promise<StoredObject> {
  const object = {
    path: header.path,
    contentType: header.contentType === '' ? 'application/octet-stream' : header.contentType,
    sizeBytes: staged.sizeBytes,
    sha256,
    etag: randomBytes(12).toString('base64url'),
  };
  const suspicion: Suspicion = await ports.index.suspect(call, sha256);
  try {
    const replaced = await ports.index.put(call, object, suspicion, {
      allow: (current) => assertEtag(header, current),
      place: () => staged.place(),
    });
    if (replaced.suspicion !== undefined) await ports.collector.collect(replaced.suspicion);
    return replaced.object;
  } catch (error) {
    await ports.collector.collect(suspicion);
    throw error;
  }
}
