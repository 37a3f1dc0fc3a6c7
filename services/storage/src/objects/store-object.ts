import { randomBytes } from 'node:crypto';
import type { BlockChecks } from './block-checks.ts';
import type { BytesCollector } from './collect-bytes.ts';
import type { ObjectBytes, StagedBytes } from './object-bytes.ts';
import { hashMismatch, objectEtagMismatch } from './object-error.ts';
import type { ObjectIndex, PutSteps, Suspicion } from './object-index.ts';
import type { Call, NewObject, StoredObject, UploadHeader } from './object.ts';

/** How uploads that may go on are kept. */
export interface UploadKeeping {
  /** From the first call of an upload until it is given up. */
  readonly keepMs: number;
  /** How long an upload is its writer's without a sign of life: after a crash it can go on when that is over. */
  readonly leaseMs: number;
  /** At most so much more than is known to be durable. */
  readonly checkpointBytes: bigint;
  /** How long the last steps for an upload may take when its caller has gone. */
  readonly budgetMs: number;
  /** Told when they failed: less of the upload is kept than could be. */
  readonly onNotKept: (id: string, cause: unknown) => void;
}

export interface UploadPorts {
  readonly index: ObjectIndex;
  readonly bytes: ObjectBytes;
  readonly collector: BytesCollector;
  readonly maxObjectBytes: bigint;
  readonly keeping: UploadKeeping;
}

export function assertEtag(header: UploadHeader, current: StoredObject | undefined): void {
  if (header.ifEtag !== '' && current?.etag !== header.ifEtag) throw objectEtagMismatch(header.path, header.ifEtag);
}

/** The object these bytes will be. */
export async function sealedObject(header: UploadHeader, staged: StagedBytes, checks: BlockChecks): Promise<NewObject> {
  const sha256 = await staged.seal();
  const declared = header.declaredSha256;
  if (declared !== undefined && declared !== sha256) throw hashMismatch(declared, sha256);
  return {
    path: header.path,
    contentType: header.contentType === '' ? 'application/octet-stream' : header.contentType,
    sizeBytes: staged.sizeBytes,
    sha256,
    etag: randomBytes(12).toString('base64url'),
    blockChecks: checks.end(),
  };
}

/** Bytes and object, or neither: bytes that were placed for nothing are on record before they are. */
export async function commitObject(
  ports: UploadPorts,
  call: Call,
  object: NewObject,
  steps: PutSteps,
): Promise<StoredObject> {
  const suspicion: Suspicion = await ports.index.suspect(call, object.sha256);
  try {
    const replaced = await ports.index.put(call, object, suspicion, steps);
    if (replaced.suspicion !== undefined) await ports.collector.collect(replaced.suspicion);
    return replaced.object;
  } catch (error) {
    await ports.collector.collect(suspicion);
    throw error;
  }
}
