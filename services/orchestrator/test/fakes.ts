import { gate, type Gate } from '@exempla/testing';
import type {
  DefinedTerm,
  Definition,
  DefinitionArchive,
  DefinitionPorts,
  ExampleKind,
  ExampleSet,
  GenerateRequest,
  Part,
  TermSource,
  TextOrigin,
} from '../src/definitions/index.ts';
import { narrationObject, type CallTime, type Narration, type Narrator, type StepTime } from '../src/parts/index.ts';
import { EXAMPLE_KINDS } from '../src/definitions/index.ts';

export const GOOD_TEXT = 'a large natural stream of water flowing in a channel to the sea';
export const CIRCULAR_TEXT = 'a river is something that is a river';

export const defined = (text: string): DefinedTerm & TextOrigin => ({
  text,
  sense: { source: 'wordnet:n09411430', lemma: 'river', partOfSpeech: 'noun', category: 'object', gloss: text },
  senseReason: 'the most frequent sense',
  otherSenses: [],
  provider: 'lexical',
  fallbackReason: '',
});

export const exampleSet = (kind: ExampleKind): ExampleSet => ({
  kind,
  status: 'OK',
  items: [{ text: `${kind} of a river.`, relation: 'SELF', source: 'wordnet:n09411430', reason: '' }],
  wanted: 1,
  errorReason: '',
  provider: 'lexical',
  fallbackReason: '',
});

export const request = (change: Partial<GenerateRequest> = {}): GenerateRequest => ({
  term: 'river',
  context: { organisational: [], juridical: [], legalBasis: [] },
  category: '',
  kinds: [],
  maxExamples: undefined,
  language: 'en',
  narrate: false,
  voice: '',
  allowDuplicate: false,
  provider: '',
  requestId: '',
  ...change,
});

/** Ports that work, keep what they were asked, and can be told to fail. */
export class RecordingPorts implements DefinitionPorts {
  defineCalls: Parameters<TermSource['define']>[0][] = [];
  exampleCalls: Parameters<TermSource['examples']>[0][] = [];
  exampleTimes: StepTime[] = [];
  created: Parameters<DefinitionArchive['create']>[0][] = [];
  spoken: string[] = [];
  discarded: string[] = [];
  /** Of what the voice makes. */
  contentType = 'audio/wav';
  texts = [GOOD_TEXT];
  /** What the example stream gives; an Error among them is thrown there. */
  sets: (ExampleSet | Error)[] = EXAMPLE_KINDS.map(exampleSet);
  existing: { byRequest?: Definition; duplicate?: string } = {};
  narrationError: Error | undefined;
  createError: Error | undefined;
  attachError: Error | undefined;
  /** When set, narration waits for it. */
  narrationGate: Gate | undefined;
  #time = 0;

  terms: TermSource = {
    define: async (asked) => {
      this.defineCalls.push(asked);
      const text = this.texts[Math.min(this.defineCalls.length, this.texts.length) - 1]!;
      return defined(text);
    },
    examples: (asked, time) => {
      this.exampleCalls.push(asked);
      this.exampleTimes.push(time);
      return this.#stream();
    },
  };

  narrator: Narrator = {
    narrate: async ({ name, text }) => {
      this.spoken.push(text);
      if (this.narrationGate) await this.narrationGate.promise;
      if (this.narrationError) throw this.narrationError;
      return narration(narrationObject(name, this.contentType), text);
    },
    find: async (object, text) => narration(object, text),
    discard: async (object) => void this.discarded.push(object),
  };

  archive: DefinitionArchive = {
    lookup: async () => this.existing,
    create: async (job) => {
      this.created.push(job);
      if (this.createError) throw this.createError;
      return stored(job);
    },
    attachNarration: async (definition, object) => {
      if (this.attachError) throw this.attachError;
      return { ...stored(this.created[0]!), ...definition, narration: object };
    },
    get: async () => stored(this.created[0]!),
    list: async () => ({ definitions: [], nextPageToken: '' }),
    delete: async () => {},
    revisions: async () => ({ revisions: [], nextPageToken: '' }),
  };

  readFailure = (error: unknown): { reason: string; message: string } => ({
    reason: (error as { reason?: string }).reason ?? 'FAILED',
    message: 'failed',
  });
  newId = (): string => '00000000-0000-4000-8000-000000000001';
  now = (): number => (this.#time += 1);

  async *#stream(): AsyncGenerator<ExampleSet> {
    for (const set of this.sets) {
      if (set instanceof Error) throw set;
      yield set;
    }
  }
}

export const narration = (object: string, text: string): Narration => ({
  object,
  text,
  voice: 'slt',
  contentType: 'audio/wav',
  sizeBytes: 32_044,
  durationMs: 1000,
});

export function stored(job: Parameters<DefinitionArchive['create']>[0]): Definition {
  return {
    ...job.definition,
    name: `definitions/${job.id}`,
    state: job.definition.assessment.accepted ? 'ESTABLISHED' : 'DRAFT',
    etag: '1',
    createTime: new Date(0),
    updateTime: new Date(0),
  };
}

export const call = (remainingMs = 10_000, signal: AbortSignal = new AbortController().signal): CallTime => ({
  signal,
  remainingMs: () => remainingMs,
});

export function recorder(): { parts: Part[]; onPart: (part: Part) => void } {
  const parts: Part[] = [];
  return { parts, onPart: (part) => void parts.push(part) };
}

/** An error with a reason, as the adapters make them. */
export const failing = (reason: string): Error => Object.assign(new Error(`secret of ${reason}`), { reason });

export { gate };
