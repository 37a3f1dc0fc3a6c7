import type { CallTime, FailureReader, Narrator, StepTime } from '../parts/index.ts';
import type {
  Child,
  ChildProfile,
  GeneratedStory,
  GenerationInfo,
  Hero,
  HeroProfile,
  Moral,
  NewStory,
  OnPart,
  Story,
  StoryScore,
} from './types.ts';

/** What a story is to be of. Has a child, a hero, or both. */
export interface StoryBrief {
  readonly child: ChildProfile | undefined;
  readonly hero: HeroProfile | undefined;
  readonly moral: Moral;
  readonly language: string;
  /** Of reading aloud, at 150 words a minute. */
  readonly minutes: number;
  /** The story before, in a series. */
  readonly previous: Pick<Story, 'title' | 'summary' | 'companion' | 'place'> | undefined;
}

/** A text as its writer gives it. A title that is empty is in the first line of the text. */
export interface Draft {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly summary: string;
  readonly moral: string;
  /** Who goes along and where it happens, for a series; empty when the writer cannot tell. */
  readonly companion: string;
  readonly place: string;
  /** How it came about. */
  readonly generation: Generation;
}

/** Says how good a draft is, whoever wrote it. */
export interface StoryJudge {
  /** Out of 10. From here on a draft may be told. */
  readonly passingScore: number;
  /** Whether its rules are those of the language. */
  judges(language: string): boolean;
  judge(brief: StoryBrief, draft: Draft, time: StepTime): Promise<StoryScore>;
}

/** What one draft is to be. */
export interface DraftJob {
  readonly brief: StoryBrief;
  /** The same brief and seed may be the same text. */
  readonly seed: number;
  /** The only one of the writer's names that may write; empty when any may. */
  readonly name: string;
  /** Hears of the text as it comes, where a writer takes its time; the writer waits for the promise. */
  readonly onText: (piece: { readonly title: string; readonly text: string }) => Promise<void> | void;
}

/**
 * Writes stories, whatever it is that writes. Rejects with a `WriterFault` where another draft, or another writer, may do
 * better; whatever else it rejects with is the end of the story.
 */
export interface StoryWriter {
  /** What it can be asked for by: `offline-grammar`, or the models behind it. */
  readonly names: readonly string[];
  /** Whether each draft costs money: then the first that is good enough is the last. */
  readonly isPaid: boolean;
  writes(language: string): boolean;
  write(job: DraftJob, time: StepTime): Promise<Draft>;
}

export interface Page {
  readonly pageSize: number;
  readonly pageToken: string;
}

export interface Version {
  readonly name: string;
  /** Only this version; empty is any. */
  readonly etag: string;
}

/** A change: only the fields that the mask names are taken from the values. */
export interface Change<T> extends Version {
  readonly values: T;
  readonly mask: readonly string[];
}

export interface ChildArchive {
  /** The child that is there when there is one of this name, age and gender. */
  create(profile: ChildProfile, requestId: string): Promise<Child>;
  get(name: string): Promise<Child>;
  update(change: Change<ChildProfile>): Promise<Child>;
  delete(version: Version): Promise<void>;
  list(page: Page): Promise<{ children: Child[]; nextPageToken: string }>;
}

export interface HeroArchive {
  create(profile: HeroProfile, requestId: string): Promise<Hero>;
  get(name: string): Promise<Hero>;
  update(change: Change<HeroProfile>): Promise<Hero>;
  delete(version: Version): Promise<void>;
  list(page: Page & { readonly language: string }): Promise<{ heroes: Hero[]; nextPageToken: string }>;
}

export interface StoryFilter {
  /** `children/{id}` */
  readonly child: string;
  readonly childName: string;
  readonly language: string;
}

/** One time that a writer was asked. */
export interface Generation extends Pick<GenerationInfo, 'usage' | 'costMicroUsd'> {
  /** Who wrote, or was to write. */
  readonly model: string;
  readonly prompt: string;
  /** Why nothing came of it; empty when a draft did. */
  readonly errorReason: string;
  /** Under which its writer's upstream keeps books of it; undefined when it does not. */
  readonly receipt?: Receipt | undefined;
}

/** An answer of an upstream, as that calls it. */
export interface Receipt {
  readonly upstream: string;
  readonly id: string;
}

/** Which request, and what it asked for. */
export interface RequestKey {
  readonly requestId: string;
  readonly requestFingerprint: string;
}

export interface StoryArchive {
  /** The story that this request made; undefined when it made none. Another request with its id is refused. */
  lookup(request: RequestKey): Promise<Story | undefined>;
  /** The story that is there when the request has made one: of many at once, all get the same. */
  create(story: NewStory, request: RequestKey): Promise<Story>;
  get(name: string): Promise<Story>;
  saveAudio(story: Pick<Story, 'name' | 'audio' | 'audioProvider'>): Promise<Story>;
  saveRating(story: Pick<Story, 'name' | 'rating'>): Promise<Story>;
  delete(version: Version): Promise<void>;
  list(query: Page & StoryFilter): Promise<{ stories: Story[]; nextPageToken: string }>;
  /** The next attempt of the story; once for one request id. Resolves to its name. */
  addGeneration(story: string, generation: Generation, requestId: string): Promise<string>;
}

/** Finds out, when the caller has long been answered, what an upstream took for a generation. Returns at once; nothing fails. */
export interface Bookkeeper {
  settle(generation: string, receipt: Receipt): void;
}

/** The time there is for a story, and who hears of its parts. */
export interface StoryCall {
  readonly time: CallTime;
  readonly onPart: OnPart;
}

/** Has one story made for equal requests that come at the same moment. */
export interface EqualRequests {
  /**
   * Where an equal request of the same tenant is under way, its story is this one's, too, told from its beginning; else it is
   * made, as long as anybody waits for it. Each waits no longer than they can.
   */
  share(
    request: RequestKey,
    call: StoryCall,
    make: (call: StoryCall) => Promise<GeneratedStory>,
  ): Promise<GeneratedStory>;
}

export interface StoryPorts {
  /** In the order in which they are asked; each but the first stands in for those before it. */
  writers: readonly StoryWriter[];
  /** Without one there is one draft. */
  judge: StoryJudge | undefined;
  narrator: Narrator;
  stories: StoryArchive;
  children: ChildArchive;
  heroes: HeroArchive;
  bookkeeper: Bookkeeper;
  equalRequests: EqualRequests;
  /** Counts that a writer stood in for another one, and why. */
  countFallback: (fallback: { readonly from: string; readonly to: string; readonly reason: string }) => void;
  readFailure: FailureReader;
  newId: () => string;
  /** Monotonic milliseconds. */
  now: () => number;
}
