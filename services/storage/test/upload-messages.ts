import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { ObjectError, type UploadHeader, type UploadPart } from '../src/objects/index.ts';

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const header = (change: Partial<UploadHeader> = {}): UploadPart => ({
  type: 'header',
  header: {
    path: 'a/b.wav',
    contentType: 'audio/wav',
    declaredSizeBytes: undefined,
    declaredSha256: undefined,
    ifEtag: '',
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
