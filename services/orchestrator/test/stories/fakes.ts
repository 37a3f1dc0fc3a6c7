import type { Gate } from '@exempla/testing';
import { narrationObject, type CallTime, type Narration, type Narrator, type StepTime } from '../../src/parts/index.ts';
import type {
  Child,
  ChildArchive,
  ChildProfile,
  Draft,
  EqualRequests,
  GenerateRequest,
  Generation,
  Hero,
  HeroArchive,
  HeroProfile,
  NewStory,
  Part,
  Receipt,
  RequestKey,
  Story,
  StoryArchive,
  StoryBrief,
  StoryJudge,
  StoryPorts,
  StoryWriter,
} from '../../src/stories/index.ts';

export const MIA: ChildProfile = {
  displayName: 'Mia',
  age: { type: 'years', years: 5 },
  gender: 'FEMALE',
  interests: ['stars', 'foxes'],
};

export const TORVALD: HeroProfile = {
  displayName: 'Torvald',
  gender: 'MALE',
  appearance: 'a green coat with seven pockets',
  traits: ['curious'],
  interests: ['maps'],
  strengths: ['climbing'],
  language: 'en',
};

const kept = { etag: '1', createTime: new Date(0), updateTime: new Date(0) };
export const child = (name: string): Child => ({ ...MIA, ...kept, name });
export const hero = (name: string): Hero => ({ ...TORVALD, ...kept, name });

export const request = (change: Partial<GenerateRequest> = {}): GenerateRequest => ({
  child: { type: 'new', profile: MIA },
  hero: '',
  moral: { kind: 'KINDNESS' },
  language: 'en',
  lengthMinutes: 5,
  narrate: false,
  voice: '',
  previousStory: '',
  seed: 7,
  provider: '',
  requestId: '',
  ...change,
});

export const draft = (seed: number): Draft => ({
  title: `Mia and the Star ${seed}`,
  paragraphs: ['Mia saw a star.', '"Come down," said Mia.', 'And the fox slept.'],
  summary: 'Mia helps a star.',
  moral: 'Kindness comes back.',
  companion: 'Pip the hedgehog',
  place: 'the harbour town of Saltby',
  generation: generation(),
});

export const generation = (change: Partial<Generation> = {}): Generation => ({
  model: 'offline-grammar',
  prompt: 'Tell of Mia.',
  usage: { promptTokens: 10, completionTokens: 20 },
  costMicroUsd: 30,
  errorReason: '',
  ...change,
});

/** Ports that work, keep what they were asked, and can be told to fail. */
export class RecordingPorts implements StoryPorts {
  /** What happened, in order. */
  readonly steps: string[] = [];
  briefs: StoryBrief[] = [];
  seeds: number[] = [];
  created: ({ story: NewStory } & RequestKey)[] = [];
  lookedUp: RequestKey[] = [];
  madeChildren: ChildProfile[] = [];
  generations: { story: string; generation: Generation; requestId: string }[] = [];
  spoken: Parameters<Narrator['narrate']>[0][] = [];
  narrationTimes: StepTime[] = [];
  discarded: string[] = [];
  /** Of what the voice makes. */
  contentType = 'audio/wav';
  /** Totals of the drafts, in order; the last stands for all that follow. */
  totals = [8];
  /** By step: the error it ends with. */
  readonly failures = new Map<string, Error>();
  /** By step: it waits for it first. */
  readonly gates = new Map<string, Gate>();
  /** The story that was made under the request id. */
  before: Story | undefined;
  /** What the kept story names as its sound. */
  audioKept = '';
  /** The story that an equal request makes just before this one. */
  meanwhile: Story | undefined;
  settled: { generation: string; receipt: Receipt }[] = [];
  fallbacks: Parameters<StoryPorts['countFallback']>[0][] = [];
  #time = 0;

  writer: StoryWriter = {
    names: ['offline-grammar'],
    isPaid: false,
    writes: (language) => language === 'en',
    write: async ({ brief, seed }) => {
      this.briefs.push(brief);
      this.seeds.push(seed);
      await this.#step('write');
      return draft(seed);
    },
  };

  writers: StoryWriter[] = [this.writer];

  judge: StoryJudge | undefined = {
    passingScore: 7,
    judges: (language) => language === 'en',
    judge: () => {
      const total = this.totals[Math.min(this.briefs.length, this.totals.length) - 1]!;
      return Promise.resolve({ total, criteria: [{ name: 'moral', score: total }] });
    },
  };

  narrator: Narrator = {
    narrate: async (job, time) => {
      this.spoken.push(job);
      this.narrationTimes.push(time);
      await this.#step('narrate');
      return narration(narrationObject(job.name, this.contentType), job.text);
    },
    find: async (object, text) => {
      await this.#step('find');
      return narration(object, text);
    },
    discard: async (object) => {
      this.discarded.push(object);
      await this.#step('discard');
    },
  };

  stories: StoryArchive = {
    lookup: async (key) => {
      this.lookedUp.push(key);
      await this.#step('lookup');
      return this.before;
    },
    create: async (story, key) => {
      this.created.push({ story, ...key });
      await this.#step('save');
      return this.meanwhile ?? stored(story);
    },
    get: async (name) => {
      await this.#step('get story');
      return { ...stored(BARE_STORY), name, audio: this.audioKept };
    },
    saveAudio: async ({ name, audio, audioProvider }) => {
      await this.#step('attach');
      return { ...(this.before ?? stored(this.created[0]!.story)), name, audio, audioProvider, etag: '2' };
    },
    saveRating: async ({ name, rating }) => {
      await this.#step('rate');
      return { ...stored(BARE_STORY), name, rating };
    },
    delete: async () => this.#step('delete story'),
    list: async () => ({ stories: [], nextPageToken: '' }),
    addGeneration: async (story, generation, requestId) => {
      await this.#step('generation');
      this.generations.push({ story, generation, requestId });
      return `${story}/generations/${this.generations.length}`;
    },
  };

  children: ChildArchive = {
    create: async (profile) => {
      await this.#step('create child');
      this.madeChildren.push(profile);
      return { ...child('children/1'), ...profile };
    },
    get: async (name) => {
      await this.#step('get child');
      return child(name);
    },
    update: async ({ name, values }) => {
      await this.#step('update child');
      return { ...child(name), ...values };
    },
    delete: async () => this.#step('delete child'),
    list: async () => ({ children: [child('children/1')], nextPageToken: '' }),
  };

  heroes: HeroArchive = {
    create: async (profile) => {
      await this.#step('create hero');
      return { ...hero('heroes/1'), ...profile };
    },
    get: async (name) => {
      await this.#step('get hero');
      return hero(name);
    },
    update: async ({ name, values }) => {
      await this.#step('update hero');
      return { ...hero(name), ...values };
    },
    delete: async () => this.#step('delete hero'),
    list: async () => ({ heroes: [hero('heroes/1')], nextPageToken: '' }),
  };

  bookkeeper = { settle: (name: string, receipt: Receipt) => void this.settled.push({ generation: name, receipt }) };
  equalRequests: EqualRequests = { share: (_, call, make) => make(call) };
  countFallback = (fallback: Parameters<StoryPorts['countFallback']>[0]): void => void this.fallbacks.push(fallback);

  readFailure = (error: unknown): { reason: string; message: string } => ({
    reason: (error as { reason?: string }).reason ?? 'FAILED',
    message: 'failed',
  });
  newId = (): string => 'once-1';
  now = (): number => (this.#time += 1);

  async #step(name: string): Promise<void> {
    this.steps.push(name);
    await this.gates.get(name)?.promise;
    const failure = this.failures.get(name);
    if (failure) throw failure;
  }
}

export const BARE_STORY: NewStory = {
  title: 'A Title',
  text: 'A text.',
  summary: '',
  moral: '',
  kind: 'CHILD',
  child: 'children/1',
  hero: '',
  language: 'en',
  lengthMinutes: 5,
  audio: '',
  audioProvider: '',
  illustrations: [],
  model: 'offline-grammar',
  generationInfo: undefined,
  score: undefined,
  parentStory: '',
  companion: 'Pip the hedgehog',
  place: 'the harbour town of Saltby',
};

export const stored = (story: NewStory): Story => ({
  ...story,
  ...kept,
  name: 'stories/1',
  childSnapshot: MIA,
  rating: undefined,
  state: 'NEW',
});

export const narration = (object: string, text: string): Narration => ({
  object,
  text,
  voice: 'slt',
  contentType: 'audio/wav',
  sizeBytes: 32_044,
  durationMs: 1000,
});

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
