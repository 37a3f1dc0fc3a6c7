import type {
  DownloadObjectResponse,
  Object as StoredObject,
  ObjectServiceDefinition,
  UploadObjectRequest,
} from '@exempla/contracts/storage/v1/object_service';
import { RemoteError, status, type CallOptions, type PartialMessage, type RpcClient } from '@exempla/rpc';

type Objects = RpcClient<typeof ObjectServiceDefinition>;

const GONE: readonly status[] = [status.NOT_FOUND, status.ABORTED, status.DATA_LOSS];
const NOTE = /^(\S+) (objects\/\S+)$/;

/** Whether a sound that was remembered was removed, replaced or damaged since. */
export const isGone = (error: unknown): boolean => error instanceof RemoteError && GONE.includes(error.code);

/**
 * Remembers in the object store which narration has the sound of a key, and no sound of its own: a sound lives as long as the
 * story or definition that names it, and one that is told the same again gets a copy, which is its own from then on. Objects of
 * a tenant are seen by that tenant only.
 */
export class KnownSounds {
  readonly #objects: Objects;

  constructor(objects: Objects) {
    this.#objects = objects;
  }

  /** The sound of `key`, undefined when it is not known. Rejects, or its download does, with an error that `isGone`. */
  async find(key: Uint8Array, time: CallOptions): Promise<AsyncIterable<DownloadObjectResponse> | undefined> {
    const chunks: Uint8Array[] = [];
    for await (const { part } of this.#objects.downloadObject({ name: noteOf(key) }, time))
      if (part?.$case === 'chunk') chunks.push(part.value);
    const note = NOTE.exec(Buffer.concat(chunks).toString());
    if (!note) return undefined;
    const [, ifEtag, name] = note;
    return this.#objects.downloadObject({ name, ifEtag }, time);
  }

  /** Says that `stored` has the sound of `key`; the latest is the one that is found. */
  async remember(
    key: Uint8Array,
    { name, etag }: Pick<StoredObject, 'name' | 'etag'>,
    time: CallOptions,
  ): Promise<void> {
    await this.#objects.uploadObject(whole(noteOf(key), Buffer.from(`${etag} ${name}`)), time);
  }
}

const noteOf = (key: Uint8Array): string => `objects/sounds/${Buffer.from(key).toString('hex')}`;

async function* whole(name: string, bytes: Buffer): AsyncGenerator<PartialMessage<UploadObjectRequest>> {
  yield { part: { $case: 'header', value: { name, contentType: 'text/plain', sizeBytes: BigInt(bytes.length) } } };
  yield { part: { $case: 'chunk', value: bytes } };
}
