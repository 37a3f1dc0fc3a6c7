import type { BytesCollector } from './collect-bytes.ts';
import type { ObjectIndex } from './object-index.ts';
import type { Call, StoredObject } from './object.ts';
import { objectEtagMismatch, objectNotFound } from './object-error.ts';

export async function getObject(index: ObjectIndex, call: Call, path: string): Promise<StoredObject> {
  const found = await index.get(call, path);
  if (found === undefined) throw objectNotFound(path);
  return found;
}

/** An empty etag removes any version. */
export async function deleteObject(
  ports: { readonly index: ObjectIndex; readonly collector: BytesCollector },
  call: Call,
  path: string,
  etag: string,
): Promise<void> {
  const suspicion = await ports.index.remove(call, path, (current) => {
    if (etag !== '' && etag !== current.etag) throw objectEtagMismatch(path, etag);
  });
  if (suspicion === undefined) throw objectNotFound(path);
  await ports.collector.collect(suspicion);
}
