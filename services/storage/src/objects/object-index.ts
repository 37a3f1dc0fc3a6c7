import type { Call, Sha256, StoredObject } from './object.ts';

/** A note that bytes may be without an object. It is on record before that can be so, hence survives a crash. */
export interface Suspicion {
  readonly id: string;
  readonly tenant: string;
  readonly sha256: Sha256;
}

export interface Replaced {
  readonly object: StoredObject;
  /** Set when the object had other bytes before. */
  readonly suspicion: Suspicion | undefined;
}

/** What names which bytes. Methods with a call see its tenant only. */
export interface ObjectIndex {
  get(call: Call, path: string): Promise<StoredObject | undefined>;
  /** Puts on record that bytes of this hash are about to be placed. */
  suspect(call: Call, sha256: Sha256): Promise<Suspicion>;
  /**
   * Runs `place` while nobody may remove these bytes, then makes the object theirs and lifts the suspicion, all or
   * nothing. `allow` sees what would be replaced, and throws to keep it.
   */
  put(
    call: Call,
    object: Omit<StoredObject, 'createTime'>,
    suspicion: Suspicion,
    steps: { allow: (current: StoredObject | undefined) => void; place: () => Promise<void> },
  ): Promise<Replaced>;
  /** Undefined when there is none. `allow` throws to keep it. */
  remove(call: Call, path: string, allow: (current: StoredObject) => void): Promise<Suspicion | undefined>;
  /** Runs `drop` when no object of any tenant has the bytes, while nobody may place them; lifts the suspicion. */
  settle(call: Call, suspicion: Suspicion, drop: () => Promise<void>): Promise<void>;
  /** Suspicions on record for at least this long: those whose upload or delete broke off. */
  suspicionsOlderThan(call: Call, ageMs: number, limit: number): Promise<Suspicion[]>;
}
