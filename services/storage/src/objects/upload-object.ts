import { BlockChecks } from './block-checks.ts';
import { continueUpload } from './continue-upload.ts';
import { objectTooLarge } from './object-error.ts';
import type { Call, StoredObject, UploadHeader, UploadPart } from './object.ts';
import { firstHeader, receiveBytes } from './receive-bytes.ts';
import { assertEtag, commitObject, sealedObject, type UploadPorts } from './store-object.ts';
import { untilAborted } from './until-aborted.ts';

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
    if (header.upload !== undefined) return await continueUpload(ports, call, { header, id: header.upload, parts });
    return await uploadAtOnce(ports, call, header, parts);
  } finally {
    await parts.return?.();
  }
}

async function uploadAtOnce(
  ports: UploadPorts,
  call: Call,
  header: UploadHeader,
  parts: AsyncIterator<UploadPart>,
): Promise<StoredObject> {
  const staged = await ports.bytes.stage();
  try {
    const checks = new BlockChecks();
    await receiveBytes(parts, { header, staged, checks, maxObjectBytes: ports.maxObjectBytes });
    return await commitObject(ports, call, await sealedObject(header, staged, checks), {
      allow: (current) => assertEtag(header, current),
      place: () => staged.place(),
    });
  } finally {
    await staged.discard();
  }
}
