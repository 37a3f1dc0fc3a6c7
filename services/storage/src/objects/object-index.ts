import type { Slice } from '../paging/index.ts';
import type { Call, NewObject, Sha256, StoredObject } from './object.ts';
import type { Upload, UploadStep } from './upload-record.ts';

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

/** Blocks of an object, counted from 0. */
export interface BlockRange {
  readonly first: number;
  /** Undefined for all that follow. */
  readonly count: number | undefined;
}

export interface FoundObject {
  readonly object: StoredObject;
  /** Of the blocks asked for, those there are. Undefined for objects that were stored without. */
  readonly blockChecks: Buffer | undefined;
}

/** What happens while the object is put. `allow` sees what would be replaced, and throws to keep it. */
export interface PutSteps {
  readonly allow: (current: StoredObject | undefined) => void;
  readonly place: () => Promise<void>;
  /** The upload this finishes: it changes with the object or not at all. */
  readonly upload?: { readonly id: string; readonly step: UploadStep };
}

/** What names which bytes. Methods with a call see its tenant only. */
export interface ObjectIndex {
  get(call: Call, path: string): Promise<StoredObject | undefined>;
  getWithChecks(call: Call, path: string, blocks: BlockRange): Promise<FoundObject | undefined>;
  /** Objects whose path begins with `prefix`, from the one after `after`, in the byte order of their paths. */
  list(
    call: Call,
    page: { readonly prefix: string; readonly after: string; readonly limit: number },
  ): Promise<Slice<StoredObject>>;
  /** Tells this index from every other. */
  identity(call: Call): Promise<string>;
  /** What page tokens are signed with. */
  pageTokenKey(call: Call): Promise<Uint8Array>;
  /** Puts on record that bytes of this hash are about to be placed. */
  suspect(call: Call, sha256: Sha256): Promise<Suspicion>;
  /**
   * Runs `place` while nobody may remove these bytes, then makes the object theirs and lifts the suspicion, all or
   * nothing.
   */
  put(call: Call, object: NewObject, suspicion: Suspicion, steps: PutSteps): Promise<Replaced>;
  /** Undefined when there is none. `allow` throws to keep it. */
  remove(call: Call, path: string, allow: (current: StoredObject) => void): Promise<Suspicion | undefined>;
  /** Runs `drop` when no object of any tenant has the bytes, while nobody may place them; lifts the suspicion. */
  settle(call: Call, suspicion: Suspicion, drop: () => Promise<void>): Promise<void>;
  /** Runs `drop` when no object of any tenant has the bytes, while nobody may place them; says whether it did. */
  dropUnused(call: Call, sha256: Sha256, drop: () => Promise<void>): Promise<boolean>;
  /** Those of these hashes that no object of any tenant has. */
  unused(call: Call, hashes: readonly Sha256[]): Promise<Sha256[]>;
  /** Suspicions on record for at least this long: those whose upload or delete broke off. */
  suspicionsOlderThan(call: Call, ageMs: number, limit: number): Promise<Suspicion[]>;

  getUpload(call: Call, id: string): Promise<Upload | undefined>;
  /** One change after the other: `step` sees what the one before left. Says what is now. */
  changeUpload(call: Call, id: string, step: UploadStep): Promise<Upload | undefined>;
  /** Removes uploads of any tenant whose time is over; says the ids of the parts of each. */
  takeExpiredUploads(call: Call, limit: number): Promise<string[][]>;
  /** Those of these parts that no upload of any tenant has. */
  unknownParts(call: Call, ids: readonly string[]): Promise<string[]>;
}
