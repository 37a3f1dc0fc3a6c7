import type { FailureReader, Narrator, StepTime } from '../parts/index.ts';
import type {
  DefinedTerm,
  Definition,
  ExampleSet,
  GenerateRequest,
  NewDefinition,
  Revision,
  StoredRevision,
  TextOrigin,
  UsageContext,
} from './types.ts';

type Subject = Pick<GenerateRequest, 'term' | 'context' | 'category' | 'language' | 'provider'>;

/** Defines terms and finds examples. */
export interface TermSource {
  define(
    subject: Subject & { improve?: { text: string; brokenRules: readonly string[] } },
    time: StepTime,
  ): Promise<DefinedTerm & TextOrigin>;
  /** Each kind as it is finished. */
  examples(
    subject: Subject & Pick<GenerateRequest, 'kinds' | 'maxExamples'>,
    time: StepTime,
  ): AsyncIterable<ExampleSet>;
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

export interface DefinitionPorts {
  terms: TermSource;
  narrator: Narrator;
  archive: DefinitionArchive;
  readFailure: FailureReader;
  newId: () => string;
  /** Monotonic milliseconds. */
  now: () => number;
}
