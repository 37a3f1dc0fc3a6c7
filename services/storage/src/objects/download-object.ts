import { createHash, type Hash } from 'node:crypto';
import { BLOCK_BYTES, BlockChecks, CHECK_BYTES, isBlockRight } from './block-checks.ts';
import type { ObjectBytes, OpenBytes } from './object-bytes.ts';
import type { BlockRange, FoundObject, ObjectIndex } from './object-index.ts';
import type { Call, DownloadInput, DownloadPart, StoredObject } from './object.ts';
import { objectDamaged, objectEtagMismatch, objectNotFound, rangeBeyondEnd } from './object-error.ts';

export interface DownloadPorts {
  readonly index: ObjectIndex;
  readonly bytes: ObjectBytes;
}

interface Opened extends FoundObject {
  readonly bytes: OpenBytes;
}

const BLOCK = BigInt(BLOCK_BYTES);
const blockStart = (offset: bigint): bigint => offset - (offset % BLOCK);

/** Those that hold the range. */
function blocksOf({ offset, length }: DownloadInput): BlockRange {
  const first = Number(offset / BLOCK);
  return { first, count: length === 0n ? undefined : Number((offset + length - 1n) / BLOCK) - first + 1 };
}

function assertRange({ path, offset, length, ifEtag }: DownloadInput, object: StoredObject): void {
  if (ifEtag !== '' && ifEtag !== object.etag) throw objectEtagMismatch(path, ifEtag);
  if (offset + length > object.sizeBytes) throw rangeBeyondEnd(object, offset, length);
}

/** An object that is replaced between its lookup and the opening of its bytes is looked up again. */
async function openObject(ports: DownloadPorts, call: Call, input: DownloadInput): Promise<Opened> {
  let missing = '';
  for (;;) {
    const found = await ports.index.getWithChecks(call, input.path, blocksOf(input));
    if (found === undefined) throw objectNotFound(input.path);
    const { object } = found;
    assertRange(input, object);
    if (object.etag === missing) throw objectDamaged(input.path);
    const bytes = await ports.bytes.open(object.sha256, blockStart(input.offset));
    if (bytes !== undefined) return { ...found, bytes };
    missing = object.etag;
  }
}

/**
 * The checksums of an object that was stored without: all of it is read and compared with its hash, which is as good a
 * proof that its blocks are right.
 */
async function survey(ports: DownloadPorts, call: Call, object: StoredObject, from: bigint): Promise<Buffer> {
  const bytes = await ports.bytes.open(object.sha256, 0n);
  if (bytes === undefined) throw objectDamaged(object.path);
  const [hash, checks] = [createHash('sha256'), new BlockChecks()];
  try {
    for (;;) {
      call.signal.throwIfAborted();
      const block = await bytes.next();
      if (block === undefined) break;
      hash.update(block);
      checks.add(block);
    }
  } finally {
    await bytes.close();
  }
  if (hash.digest('hex') !== object.sha256) throw objectDamaged(object.path);
  return checks.end().subarray(Number(from / BLOCK) * CHECK_BYTES);
}

interface Reading {
  readonly path: string;
  readonly bytes: OpenBytes;
  readonly blockChecks: Buffer;
  /** Where the first block stands. */
  readonly from: bigint;
  readonly start: bigint;
  readonly end: bigint;
  /** What the whole object is compared with, when the whole object is read. */
  readonly sha256: string | undefined;
}

/** Every block is verified and handed on before the next is read; of a whole object the last one when its hash is right. */
async function* verifiedChunks(reading: Reading, signal: AbortSignal): AsyncGenerator<Buffer> {
  const hash: Hash | undefined = reading.sha256 === undefined ? undefined : createHash('sha256');
  let at = reading.from;
  for (let index = 0; at < reading.end; index += 1) {
    signal.throwIfAborted();
    const block = await reading.bytes.next();
    if (block === undefined || !isBlockRight(block, reading.blockChecks, index)) throw objectDamaged(reading.path);
    hash?.update(block);
    const next = at + BigInt(block.length);
    if (next >= reading.end && hash !== undefined && hash.digest('hex') !== reading.sha256) {
      throw objectDamaged(reading.path);
    }
    yield cut(block, at, reading);
    at = next;
  }
}

/** The piece of a block that is in the range: all of it, but for the first and the last. */
function cut(block: Buffer, at: bigint, { start, end }: Reading): Buffer {
  const from = start > at ? Number(start - at) : 0;
  const to = end < at + BigInt(block.length) ? Number(end - at) : block.length;
  return block.subarray(from, to);
}

export async function* downloadObject(
  ports: DownloadPorts,
  call: Call,
  input: DownloadInput,
): AsyncGenerator<DownloadPart> {
  const { object, bytes, blockChecks } = await openObject(ports, call, input);
  try {
    if (bytes.sizeBytes !== object.sizeBytes) throw objectDamaged(object.path);
    const [start, from] = [input.offset, blockStart(input.offset)];
    const end = input.length === 0n ? object.sizeBytes : start + input.length;
    const reading: Reading = {
      path: object.path,
      bytes,
      blockChecks: blockChecks ?? (await survey(ports, call, object, from)),
      from,
      start,
      end,
      sha256: start === 0n && end === object.sizeBytes ? object.sha256 : undefined,
    };
    yield { type: 'header', object };
    for await (const chunk of verifiedChunks(reading, call.signal)) yield { type: 'chunk', bytes: chunk };
  } finally {
    await bytes.close();
  }
}
