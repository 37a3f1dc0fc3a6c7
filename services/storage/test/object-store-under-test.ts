import type { ObjectBytes, ObjectIndex } from '../src/objects/index.ts';

export interface ObjectStoreUnderTest {
  readonly index: ObjectIndex;
  readonly bytes: ObjectBytes;
  /** What is kept now, of all tenants: hashes of placed bytes, and uploads not placed yet. */
  inventory(): Promise<{ placed: string[]; staged: number }>;
  /** Changes bytes behind the store's back. */
  damage(sha256: string, how: 'missing' | 'truncated' | 'flipped'): Promise<void>;
}

/** An index that loses the database when the bytes are placed and the object is not yet there. */
export function losingAfterPlacing(index: ObjectIndex): ObjectIndex {
  return {
    get: index.get.bind(index),
    suspect: index.suspect.bind(index),
    remove: index.remove.bind(index),
    settle: index.settle.bind(index),
    suspicionsOlderThan: index.suspicionsOlderThan.bind(index),
    put: (call, object, suspicion, { allow, place }) =>
      index.put(call, object, suspicion, {
        allow,
        place: async () => {
          await place();
          throw new Error('the database went away');
        },
      }),
  };
}
