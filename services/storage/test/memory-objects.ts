import { createHash, randomUUID } from 'node:crypto';
import type {
  ObjectBytes,
  ObjectIndex,
  OpenBytes,
  StagedBytes,
  StoredObject,
  Suspicion,
} from '../src/objects/index.ts';
import type { ObjectStoreUnderTest } from './object-store-under-test.ts';

/** Keeps objects in memory; one transaction at a time, in the order they came. */
export function memoryObjects(): ObjectStoreUnderTest {
  const objects = new Map<string, StoredObject>();
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

  const index: ObjectIndex = {
    get: async (call, path) => {
      call.signal.throwIfAborted();
      return objects.get(key(call.tenant, path));
    },
    suspect: async (call, sha256) => addSuspicion(call.tenant, sha256),
    put: (call, object, suspicion, steps) =>
      alone(async () => {
        const before = objects.get(key(call.tenant, object.path));
        steps.allow(before);
        await steps.place();
        const stored = { ...object, createTime: new Date() };
        objects.set(key(call.tenant, object.path), stored);
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
        if (![...objects.values()].some(({ sha256 }) => sha256 === suspicion.sha256)) await drop();
        suspicions.delete(suspicion.id);
      }),
    suspicionsOlderThan: async (_, ageMs, limit) => (ageMs > 0 ? [] : [...suspicions.values()].slice(0, limit)),
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
    open: async (sha256) => {
      const content = placed.get(sha256);
      return content && openMemory(content);
    },
    remove: async (sha256) => void placed.delete(sha256),
  };

  return {
    index,
    bytes,
    inventory: async () => ({ placed: [...placed.keys()].sort(), staged: staged.size }),
    damage: async (sha256, how) => {
      const content = placed.get(sha256) ?? Buffer.alloc(0);
      if (how === 'missing') placed.delete(sha256);
      else if (how === 'truncated') placed.set(sha256, content.subarray(1));
      else placed.set(sha256, Buffer.from(content.map((byte, i) => (i === 1000 ? byte ^ 1 : byte))));
    },
  };
}

function openMemory(content: Buffer): OpenBytes {
  let position = 0;
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
