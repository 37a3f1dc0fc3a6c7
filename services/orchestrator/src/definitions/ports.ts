import type {
  DefinedTerm,
  Definition,
  DegradedPart,
  ExampleSet,
  GenerateRequest,
  Narration,
  NewDefinition,
  Revision,
  StoredRevision,
  UsageContext,
} from './types.ts';

/** The time a call has. */
export interface CallTime {
  /** Aborts when the caller is gone or the deadline has passed. */
  signal: AbortSignal;
  remainingMs(): number;
}

/** The part of a call's time that a step may use. */
export interface StepTime {
  signal: AbortSignal;
  /** At most this long. */
  budgetMs: number;
}

type Subject = Pick<GenerateRequest, 'term' | 'context' | 'category' | 'language'>;

/** Defines terms and finds examples. */
export interface TermSource {
  define(
    subject: Subject & { improve?: { text: string; brokenRules: readonly string[] } },
    time: StepTime,
  ): Promise<DefinedTerm>;
  /** Each kind as it is finished. */
  examples(
    subject: Subject & Pick<GenerateRequest, 'kinds' | 'maxExamples'>,
    time: StepTime,
  ): AsyncIterable<ExampleSet>;
}

/** Speaks a text and stores the sound under `object`. */
export interface Narrator {
  narrate(job: { text: string; voice: string; language: string; object: string }, time: StepTime): Promise<Narration>;
  /** The narration stored under `object`, which speaks `text`. */
  find(object: string, text: string): Promise<Narration>;
  /** Removes the sound; one that is not there is no error. */
  discard(object: string): Promise<void>;
}

export interface Page {
  pageSize: number;
  pageToken: string;
}

/** Keeps definitions. */
export interface DefinitionArchive {
  lookup(
    query: Fingerprint & { term: string; context: UsageContext; language: string },
  ): Promise<{ byRequest?: Definition; duplicate?: string }>;
  create(
    job: Fingerprint & {
      id: string;
      definition: NewDefinition;
      revisions: readonly Revision[];
      allowDuplicate: boolean;
    },
  ): Promise<Definition>;
  attachNarration(definition: Pick<Definition, 'name' | 'etag'>, object: string): Promise<Definition>;
  get(name: string): Promise<Definition>;
  list(page: Page & { term: string }): Promise<{ definitions: Definition[]; nextPageToken: string }>;
  delete(name: string, etag: string): Promise<void>;
  revisions(parent: string, page: Page): Promise<{ revisions: StoredRevision[]; nextPageToken: string }>;
}

/** A request id with the hash of what was asked under it. */
export interface Fingerprint {
  requestId: string;
  requestFingerprint: string;
}

/** Says what a failed part tells the caller: nothing of the inside, enough to act on. */
export type FailureReader = (error: unknown) => Pick<DegradedPart, 'reason' | 'message'>;

export interface DefinitionPorts {
  terms: TermSource;
  narrator: Narrator;
  archive: DefinitionArchive;
  readFailure: FailureReader;
  newId: () => string;
  /** Monotonic milliseconds. */
  now: () => number;
}
