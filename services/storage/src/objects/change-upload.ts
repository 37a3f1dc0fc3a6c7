import type { Call } from './object.ts';
import type { UploadPorts } from './store-object.ts';
import type { Upload, UploadedPart, UploadStep } from './upload-record.ts';

/** What cannot be removed now is found by the sweep: it is on no record. */
export async function removeParts(
  ports: Pick<UploadPorts, 'bytes' | 'keeping'>,
  id: string,
  parts: readonly UploadedPart[],
): Promise<void> {
  for (const part of parts) {
    await ports.bytes.removePart(part.id).catch((cause: unknown) => ports.keeping.onNotKept(id, cause));
  }
}

/** The upload before and after one step. */
export async function changeUpload(
  ports: Pick<UploadPorts, 'index'>,
  call: Call,
  id: string,
  step: UploadStep,
): Promise<{ before: Upload | undefined; after: Upload | undefined }> {
  let before: Upload | undefined;
  const after = await ports.index.changeUpload(call, id, (current, now) => step((before = current), now));
  return { before, after };
}
