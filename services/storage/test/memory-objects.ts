import { createHash, randomUUID } from 'node:crypto';
import {
  CHECK_BYTES,
  type ObjectBytes,
  type ObjectIndex,
  type OpenBytes,
  type StagedBytes,
  type StagedPart,
  type StoredObject,
  type Suspicion,
  type Upload,
  type UploadStep,
} from '../src/objects/index.ts';
import { FLIPPED_BYTE, type ObjectStoreUnderTest } from './object-store-under-test.ts';

/** Keeps objects in memory; one transaction at a time, in the order they came. */
export function memoryObjects(): ObjectStoreUnderTest {
  const objects = new Map<string, StoredObject>();
  const checks = new Map<string, Buffer | undefined>();
  const uploads = new Map<string, Upload>();
  const parts = new Map<string, Buffer>();
  const suspicions = new Map<string, Suspicion>();
  const placed = new Map<string, Buffer>();
  const staged = new Set<StagedBytes>();
  let last: Promise<unknown> = Promise.resolve();
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => {});
    return next;
  };
  const key = (tenant: string, path: string): string => JSON.stringify([tenant, path]);
  const addSuspicion = (tenant: string, sha256: string): Suspicion => {
    const suspicion = { id: randomUUID(), tenant, sha256 };
    suspicions.set(suspicion.id, suspicion);
    return suspicion;
  };

  const isUsed = (sha256: string): boolean => [...objects.values()].some((one) => one.sha256 === sha256);
  const dropUnused = async (sha256: string, drop: () => Promise<void>): Promise<boolean> => {
    if (isUsed(sha256)) return false;
    await drop();
    return true;
  };
  const stepUpload = (tenant: string, id: string, step: UploadStep): Upload | undefined => {
    const next = step(uploads.get(key(tenant, id)), new Date());
    if (next === undefined) uploads.delete(key(tenant, id));
    else uploads.set(key(tenant, id), next);
    return next;
  };

  const index: ObjectIndex = {
    identity: async () => 'memory',
    pageTokenKey: async () => Buffer.alloc(32, 1),
    get: async (call, path) => {
      call.signal.throwIfAborted();
      return objects.get(key(call.tenant, path));
    },
    getWithChecks: async (call, path, { first, count }) => {
      const object = objects.get(key(call.tenant, path));
      const all = checks.get(key(call.tenant, path));
      const end = count === undefined ? undefined : (first + count) * CHECK_BYTES;
      return object && { object, blockChecks: all?.subarray(first * CHECK_BYTES, end) };
    },
    list: async (call, { prefix, after, limit }) => {
      const found = [...objects]
        .filter(([at, { path }]) => at === key(call.tenant, path) && path.startsWith(prefix) && path > after)
        .map(([, object]) => object)
        .sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
      return { items: found.slice(0, limit), more: found.length > limit };
    },
    suspect: async (call, sha256) => addSuspicion(call.tenant, sha256),
    put: (call, object, suspicion, steps) =>
      alone(async () => {
        const before = objects.get(key(call.tenant, object.path));
        steps.allow(before);
        const { upload } = steps;
        const finished = upload && uploads.get(key(call.tenant, upload.id));
        if (upload) stepUpload(call.tenant, upload.id, upload.step);
        try {
          await steps.place();
        } catch (error) {
          if (upload && finished) uploads.set(key(call.tenant, upload.id), finished);
          throw error;
        }
        const { blockChecks, ...known } = object;
        const stored = { ...known, createTime: new Date() };
        objects.set(key(call.tenant, object.path), stored);
        checks.set(key(call.tenant, object.path), blockChecks);
        suspicions.delete(suspicion.id);
        const isOther = before !== undefined && before.sha256 !== object.sha256;
        return { object: stored, suspicion: isOther ? addSuspicion(call.tenant, before.sha256) : undefined };
      }),
    remove: (call, path, allow) =>
      alone(async () => {
        const before = objects.get(key(call.tenant, path));
        if (before === undefined) return undefined;
        allow(before);
        objects.delete(key(call.tenant, path));
        return addSuspicion(call.tenant, before.sha256);
      }),
    settle: (_, suspicion, drop) =>
      alone(async () => {
        await dropUnused(suspicion.sha256, drop);
        suspicions.delete(suspicion.id);
      }),
    dropUnused: (_, sha256, drop) => alone(() => dropUnused(sha256, drop)),
    unused: async (_, hashes) => hashes.filter((sha256) => !isUsed(sha256)),
    suspicionsOlderThan: async (_, ageMs, limit) => (ageMs > 0 ? [] : [...suspicions.values()].slice(0, limit)),
    getUpload: async (call, id) => {
      const found = uploads.get(key(call.tenant, id));
      return found && found.expireTime > new Date() ? found : undefined;
    },
    changeUpload: (call, id, step) => alone(async () => stepUpload(call.tenant, id, step)),
    takeExpiredUploads: async (_, limit) => {
      const expired = [...uploads].filter(([, { expireTime }]) => expireTime <= new Date()).slice(0, limit);
      for (const [at] of expired) uploads.delete(at);
      return expired.map(([, upload]) => upload.parts.map(({ id }) => id));
    },
    unknownParts: async (_, ids) => {
      const known = [...uploads.values()].flatMap((upload) => upload.parts.map(({ id }) => id));
      return ids.filter((id) => !known.includes(id));
    },
  };

  const bytes: ObjectBytes = {
    stage: async () => {
      const stage = new MemoryStage(
        (sha256, content) => placed.set(sha256, content),
        (self) => staged.delete(self),
      );
      staged.add(stage);
      return stage;
    },
    open: async (sha256, from = 0n) => {
      const content = placed.get(sha256);
      return content && openMemory(content, Number(from));
    },
    remove: async (sha256) => void placed.delete(sha256),
    placed: async function* () {
      yield* placed.keys();
    },
    areOf: async (asked) => asked === 'memory',
    stagePart: async (id) => {
      parts.set(id, Buffer.alloc(0));
      return new MemoryPart(
        (sha256, content) => placed.set(sha256, content),
        (content) => void (content ? parts.has(id) && parts.set(id, content) : parts.delete(id)),
      );
    },
    openPart: async (id) => {
      const content = parts.get(id);
      return content && openMemory(content, 0);
    },
    removePart: async (id) => void parts.delete(id),
    parts: async function* () {
      yield* parts.keys();
    },
    sweepStaged: async () => 0,
  };

  return {
    index,
    bytes,
    inventory: async () => ({ placed: [...placed.keys()].sort(), staged: staged.size, parts: [...parts.keys()] }),
    forgetChecks: async (call, path) => void checks.set(key(call.tenant, path), undefined),
    damage: async (sha256, how) => {
      const content = placed.get(sha256) ?? Buffer.alloc(0);
      if (how === 'missing') placed.delete(sha256);
      else if (how === 'truncated') placed.set(sha256, content.subarray(1));
      else placed.set(sha256, Buffer.from(content.map((byte, i) => (i === FLIPPED_BYTE ? byte ^ 1 : byte))));
    },
  };
}

function openMemory(content: Buffer, from: number): OpenBytes {
  let position = from;
  return {
    sizeBytes: BigInt(content.length),
    next: async () => {
      if (position >= content.length) return undefined;
      const piece = content.subarray(position, position + 65_536);
      position += piece.length;
      return piece;
    },
    close: async () => {},
  };
}

/** Every write is durable at once, and the bytes stay where they are until they are dropped. */
class MemoryPart implements StagedPart {
  #content = Buffer.alloc(0);
  readonly #put: (sha256: string, content: Buffer) => void;
  readonly #save: (content: Buffer | undefined) => void;

  constructor(put: (sha256: string, content: Buffer) => void, save: (content: Buffer | undefined) => void) {
    this.#put = put;
    this.#save = save;
  }

  get sizeBytes(): bigint {
    return BigInt(this.#content.length);
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#content = Buffer.concat([this.#content, chunk]);
    this.#save(this.#content);
  }

  async seal(): Promise<string> {
    return createHash('sha256').update(this.#content).digest('hex');
  }

  async place(): Promise<void> {
    this.#put(await this.seal(), this.#content);
  }

  checkpoint = async (): Promise<bigint> => this.sizeBytes;
  keep = async (): Promise<void> => {};
  discard = async (): Promise<void> => this.#save(undefined);
}

class MemoryStage implements StagedBytes {
  sizeBytes = 0n;
  #content = Buffer.alloc(0);
  readonly #put: (sha256: string, content: Buffer) => void;
  readonly #gone: (self: StagedBytes) => void;

  constructor(put: (sha256: string, content: Buffer) => void, gone: (self: StagedBytes) => void) {
    this.#put = put;
    this.#gone = gone;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#content = Buffer.concat([this.#content, chunk]);
    this.sizeBytes += BigInt(chunk.length);
  }

  async seal(): Promise<string> {
    return createHash('sha256').update(this.#content).digest('hex');
  }

  async place(): Promise<void> {
    this.#put(await this.seal(), this.#content);
    this.#gone(this);
  }

  async discard(): Promise<void> {
    this.#gone(this);
  }
}
