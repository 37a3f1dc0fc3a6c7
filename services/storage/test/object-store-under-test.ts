import type { Call, ObjectBytes, ObjectIndex, UploadPorts } from '../src/objects/index.ts';

/** In the second block. */
export const FLIPPED_BYTE = 70_000;

export interface ObjectStoreUnderTest {
  readonly index: ObjectIndex;
  readonly bytes: ObjectBytes;
  /** What is kept now, of all tenants: hashes of placed bytes, uploads not placed yet, ids of parts. */
  inventory(): Promise<{ placed: string[]; staged: number; parts: string[] }>;
  /** Makes the object one that was stored when there were no checksums of blocks. */
  forgetChecks(call: Call, path: string): Promise<void>;
  /** Changes bytes behind the store's back; flips FLIPPED_BYTE. */
  damage(sha256: string, how: 'missing' | 'truncated' | 'flipped'): Promise<void>;
}

/** An index that loses the database when the bytes are placed and the object is not yet there. */
export function losingAfterPlacing(index: ObjectIndex): ObjectIndex {
  const put: ObjectIndex['put'] = (call, object, suspicion, steps) =>
    index.put(call, object, suspicion, {
      ...steps,
      place: async () => {
        await steps.place();
        throw new Error('the database went away');
      },
    });
  return new Proxy(index, {
    get(target, name): unknown {
      if (name === 'put') return put;
      const method: unknown = Reflect.get(target, name);
      return typeof method === 'function' ? (method.bind(target) as unknown) : method;
    },
  });
}

/** As if the process stood still after it had begun: no step of an upload but the first comes through. */
export function withSilence(ports: UploadPorts): UploadPorts {
  let steps = 0;
  const index = new Proxy(ports.index, {
    get(target, name): unknown {
      const method: unknown = Reflect.get(target, name);
      if (name === 'changeUpload' && (steps += 1) > 1) return () => Promise.reject(new Error('away'));
      return typeof method === 'function' ? (method.bind(target) as unknown) : method;
    },
  });
  return { ...ports, index };
}
