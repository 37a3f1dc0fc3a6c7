import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { ObjectError, type UploadHeader, type UploadKeeping, type UploadPart } from '../src/objects/index.ts';

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const header = (change: Partial<UploadHeader> = {}): UploadPart => ({
  type: 'header',
  header: {
    path: 'a/b.wav',
    contentType: 'audio/wav',
    declaredSizeBytes: undefined,
    declaredSha256: undefined,
    ifEtag: '',
    upload: undefined,
    offset: 0n,
    ...change,
  },
});
export const chunk = (bytes: Uint8Array | string): UploadPart => ({ type: 'chunk', bytes: Buffer.from(bytes) });
export const messages = (...parts: UploadPart[]): AsyncIterable<UploadPart> => Readable.from(parts);
export const unique = (): string => `bytes of ${randomUUID()}`;

export async function reasonOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => 'nothing was thrown',
    (thrown: unknown) => thrown,
  );
  return error instanceof ObjectError ? error.reason : String(error);
}

export const keepingOf = (change: Partial<UploadKeeping> = {}): UploadKeeping => ({
  keepMs: 60_000,
  leaseMs: 30_000,
  checkpointBytes: 100_000n,
  budgetMs: 10_000,
  onNotKept: (id, cause) => {
    throw new Error(`upload ${id} was not kept`, { cause });
  },
  ...change,
});
