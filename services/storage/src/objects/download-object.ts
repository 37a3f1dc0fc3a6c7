import { createHash } from 'node:crypto';
import type { ObjectBytes, OpenBytes } from './object-bytes.ts';
import type { ObjectIndex } from './object-index.ts';
import type { Call, DownloadPart, StoredObject } from './object.ts';
import { objectDamaged, objectNotFound } from './object-error.ts';

export interface DownloadPorts {
  readonly index: ObjectIndex;
  readonly bytes: ObjectBytes;
}

interface Opened {
  readonly object: StoredObject;
  readonly bytes: OpenBytes;
}

/** An object that is replaced between its lookup and the opening of its bytes is looked up again. */
async function openObject(ports: DownloadPorts, call: Call, path: string): Promise<Opened> {
  let missing = '';
  for (;;) {
    const object = await ports.index.get(call, path);
    if (object === undefined) throw objectNotFound(path);
    if (object.etag === missing) throw objectDamaged(path);
    const bytes = await ports.bytes.open(object.sha256);
    if (bytes !== undefined) return { object, bytes };
    missing = object.etag;
  }
}

/** Every chunk is handed on before the next is read. The last one is held back until the hash is known to be right. */
async function* checkedChunks({ object, bytes }: Opened, signal: AbortSignal): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let size = 0n;
  let held: Buffer | undefined;
  for (;;) {
    signal.throwIfAborted();
    const chunk = await bytes.next();
    if (chunk === undefined) break;
    hash.update(chunk);
    size += BigInt(chunk.length);
    if (held !== undefined) yield held;
    held = chunk;
  }
  if (size !== object.sizeBytes || hash.digest('hex') !== object.sha256) throw objectDamaged(object.path);
  if (held !== undefined) yield held;
}

export async function* downloadObject(ports: DownloadPorts, call: Call, path: string): AsyncGenerator<DownloadPart> {
  const opened = await openObject(ports, call, path);
  try {
    if (opened.bytes.sizeBytes !== opened.object.sizeBytes) throw objectDamaged(path);
    yield { type: 'header', object: opened.object };
    for await (const bytes of checkedChunks(opened, call.signal)) yield { type: 'chunk', bytes };
  } finally {
    await opened.bytes.close();
  }
}
