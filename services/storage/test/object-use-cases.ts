import { randomBytes, randomUUID } from 'node:crypto';
import {
  BytesCollector,
  downloadObject,
  type DownloadInput,
  type StoredObject,
  uploadObject,
} from '../src/objects/index.ts';
import type { UploadHeader, UploadKeeping, UploadPorts } from '../src/objects/index.ts';
import { callOf } from './calls.ts';
import type { ObjectStoreUnderTest } from './object-store-under-test.ts';
import { chunk, header, keepingOf, messages } from './upload-messages.ts';

export type TestCall = ReturnType<typeof callOf>;

/** The use cases over a store, each test with a tenant of its own. */
export interface UseCases {
  readonly ports: UploadPorts;
  tenant(): TestCall;
  upload(call: TestCall, bytes: Uint8Array, change?: Partial<UploadHeader>): Promise<StoredObject>;
  /** Without a path it is that of `upload`; without a range it is all. */
  download(call: TestCall, range?: Partial<DownloadInput>): Promise<Buffer>;
}

export function useCasesOf({ index, bytes }: ObjectStoreUnderTest, keeping: Partial<UploadKeeping> = {}): UseCases {
  const collector = new BytesCollector({
    index,
    bytes,
    budgetMs: 10_000,
    onPostponed: ({ sha256 }, cause) => {
      throw new Error(`the clean-up of ${sha256} was postponed`, { cause });
    },
  });
  const ports: UploadPorts = { index, bytes, collector, maxObjectBytes: 4_000_000n, keeping: keepingOf(keeping) };
  return {
    ports,
    tenant: () => callOf(`t-${randomUUID()}`),
    upload: (call, content, change) => uploadObject(ports, call, messages(header(change), ...chunksOf(content))),
    download: async (call, range) => {
      const chunks: Buffer[] = [];
      const input = { path: 'a/b.wav', offset: 0n, length: 0n, ifEtag: '', ...range };
      for await (const part of downloadObject(ports, call, input)) if (part.type === 'chunk') chunks.push(part.bytes);
      return Buffer.concat(chunks);
    },
  };
}

/** Chunks of sizes that fit no block. */
function chunksOf(bytes: Uint8Array): ReturnType<typeof chunk>[] {
  const chunks = [];
  for (let at = 0; at < bytes.length; at += 99_991) chunks.push(chunk(bytes.subarray(at, at + 99_991)));
  return chunks;
}

export const someBytes = (size: number): Buffer => randomBytes(size);
