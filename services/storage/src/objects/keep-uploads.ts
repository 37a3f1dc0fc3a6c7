import { changeUpload, removeParts } from './change-upload.ts';
import type { ObjectIndex } from './object-index.ts';
import type { Call } from './object.ts';
import type { UploadPorts } from './store-object.ts';
import { type Upload, uploadNotFound } from './upload-record.ts';

export async function getUpload(index: ObjectIndex, call: Call, id: string): Promise<Upload> {
  const found = await index.getUpload(call, id);
  if (found === undefined) throw uploadNotFound(id);
  return found;
}

/** Whoever sends to it loses it. */
export async function deleteUpload(ports: UploadPorts, call: Call, id: string): Promise<void> {
  const { before } = await changeUpload(ports, call, id, () => undefined);
  if (before === undefined) throw uploadNotFound(id);
  await removeParts(ports, id, before.parts);
}
