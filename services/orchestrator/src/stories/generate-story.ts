import {
  narrationBudgetMs,
  optionalBudgetMs,
  PartLog,
  type CallTime,
  type Narration,
  type StepTime,
} from '../parts/index.ts';
import { validateStoryRequest } from './check-request.ts';
import { requestFingerprint } from './fingerprint.ts';
import { gatherCast, type Cast } from './gather-cast.ts';
import type { Generation, RequestKey, StoryCall, StoryPorts } from './ports.ts';
import { seedOf } from './seeds.ts';
import { attachAudio, createStory, spokenText } from './story.ts';
import type { GeneratedStory, GenerateRequest, OnPart, Part, Story } from './types.ts';
import { writersFor, writeStory, type DraftText, type WrittenStory } from './write-story.ts';

/**
 * Makes a story under one deadline: who it is of, text, keeping, all required; then narration and the record of how it was
 * made, side by side and optional. Nothing that fails after the story is kept takes it away again. Requests with the same
 * request id at the same moment are one.
 */
export async function generateStory(
  request: GenerateRequest,
  call: CallTime,
  ports: StoryPorts,
  onPart: OnPart = () => {},
): Promise<GeneratedStory> {
  validateStoryRequest(request);
  const writers = writersFor(request, ports.writers);
  const key = { requestId: request.requestId || ports.newId(), requestFingerprint: requestFingerprint(request) };
  const make = (made: StoryCall): Promise<GeneratedStory> =>
    new Making({ request, key }, made, { ...ports, writers }).run();
  const storyCall = { time: call, onPart };
  return request.requestId === '' ? make(storyCall) : ports.equalRequests.share(key, storyCall, make);
}

interface Asked {
  readonly request: GenerateRequest;
  /** Under it the story is kept once, however often a lost answer is asked for again. */
  readonly key: RequestKey;
}

/** A story that is kept, and what is still to be kept beside it. */
interface Made extends Pick<WrittenStory, 'generations' | 'fallbackReason'> {
  readonly story: Story;
}

/** One story in the making. */
class Making {
  readonly #request: GenerateRequest;
  readonly #call: CallTime;
  readonly #ports: StoryPorts;
  readonly #onPart: OnPart;
  readonly #log: PartLog;
  readonly #key: RequestKey;

  constructor({ request, key }: Asked, { time, onPart }: StoryCall, ports: StoryPorts) {
    this.#request = request;
    this.#call = time;
    this.#ports = ports;
    this.#onPart = onPart;
    this.#log = new PartLog(ports.now);
    this.#key = key;
  }

  async run(): Promise<GeneratedStory> {
    const { story, generations, fallbackReason } = (await this.#madeBefore()) ?? (await this.#make());
    this.#tell(story);
    const [narrated] = await Promise.all([this.#narrate(story), this.#note(story, generations)]);
    const { timings, degraded } = this.#log;
    return { ...narrated, fallbackReason, degraded, timings };
  }

  /** What the request id made, also in another process whose answer was lost: nothing is written again. */
  async #madeBefore(): Promise<Made | undefined> {
    if (this.#request.requestId === '') return undefined;
    const story = await this.#log.time('lookup', () => this.#ports.stories.lookup(this.#key));
    return story && { story, generations: [], fallbackReason: '' };
  }

  async #make(): Promise<Made> {
    const cast = await this.#log.time('cast', () => gatherCast(this.#request, this.#ports));
    const written = await this.#write(cast);
    const { generations, fallbackReason } = written;
    this.#call.signal.throwIfAborted();
    const story = createStory(this.#request, cast.childName, written);
    const saved = await this.#log.time('store', () => this.#ports.stories.create(story, this.#key));
    // When an equal request was faster, its story is the answer, and ours was never told.
    if (saved.text !== story.text) return { story: saved, generations: [], fallbackReason: '' };
    return { story: saved, generations, fallbackReason };
  }

  async #write({ child, hero, previous }: Cast): Promise<WrittenStory> {
    const { moral, language, lengthMinutes: minutes, provider: name } = this.#request;
    const brief = { child, hero, moral, language, minutes, previous };
    const seed = seedOf(this.#request, this.#key.requestId);
    const drafting = {
      ...this.#ports,
      timeLeft: () => this.#optionalTime(),
      onUnjudged: (error: unknown) => this.#degrade('judge', error),
      onText: (piece: DraftText) => this.#onPart({ type: 'draft', ...piece }),
    };
    return this.#log.time('text', () => writeStory(this.#ports.writers, { brief, seed, name }, drafting));
  }

  /** What is kept: whoever asks again hears the same. */
  #tell(story: Story): void {
    this.#say({ type: 'title', title: story.title });
    for (const text of story.text.split('\n\n')) this.#say({ type: 'text', text });
    this.#say({ type: 'saved', story });
  }

  /** Reads the story aloud and names the sound in it. A story that has its sound already was asked for before. */
  async #narrate(story: Story): Promise<Pick<GeneratedStory, 'story' | 'narration'>> {
    if (!this.#request.narrate) return { story, narration: undefined };
    const text = spokenText(story);
    const budgetMs = narrationBudgetMs(text.length, this.#call.remainingMs());
    try {
      const narration = await this.#log.time('narration', () => this.#speak(story, text, budgetMs));
      const narrated = story.audio ? story : await this.#attach(story, narration);
      this.#say({ type: 'narration', narration });
      return { story: narrated, narration };
    } catch (error) {
      this.#degrade('narration', error, tooShort(text, budgetMs));
      return { story, narration: undefined };
    }
  }

  #speak(story: Story, text: string, budgetMs: number): Promise<Narration> {
    if (story.audio) return this.#ports.narrator.find(story.audio, text);
    const { voice, language } = this.#request;
    const job = { name: story.name, text, voice, language };
    return this.#ports.narrator.narrate(job, { signal: this.#call.signal, budgetMs });
  }

  /**
   * A sound that no story names is removed: the story is gone, or nobody would find it. An equal request that was told at the
   * same time may have named it already.
   */
  async #attach(story: Story, narration: Narration): Promise<Story> {
    try {
      return await this.#log.time('attach', () => this.#ports.stories.saveAudio(attachAudio(story, narration)));
    } catch (error) {
      if (!(await this.#isNamed(story.name, narration.object)))
        await this.#ports.narrator
          .discard(narration.object)
          .catch((failure: unknown) => this.#degrade('discard', failure));
      throw error;
    }
  }

  /** False as well when nobody can tell. */
  #isNamed(story: string, object: string): Promise<boolean> {
    return this.#ports.stories.get(story).then(
      ({ audio }) => audio === object,
      () => false,
    );
  }

  /** Keeps each generation, in the order in which they were asked for. */
  async #note(story: Story, generations: readonly Generation[]): Promise<void> {
    if (generations.length === 0) return;
    try {
      await this.#log.time('generations', async () => {
        for (const [at, generation] of generations.entries()) {
          const name = await this.#ports.stories.addGeneration(story.name, generation, `${story.name}/${at + 1}`);
          if (generation.receipt) this.#ports.bookkeeper.settle(name, generation.receipt);
        }
      });
    } catch (error) {
      this.#degrade('generations', error);
    }
  }

  /** Not awaited: the rest is complete already, and is read at the reader's pace. */
  #say(part: Part): void {
    void this.#onPart(part);
  }

  #optionalTime(): StepTime {
    return { signal: this.#call.signal, budgetMs: optionalBudgetMs(this.#call.remainingMs()) };
  }

  #degrade(step: string, error: unknown, onTimeout?: string): void {
    const failure = this.#ports.readFailure(error);
    const message = (failure.reason === 'TIMEOUT' && onTimeout) || failure.message;
    const part = { step, reason: failure.reason, message };
    this.#log.degraded.push(part);
    this.#say({ type: 'degraded', part });
  }
}

/** What a caller can do about a narration that had not time enough. */
const tooShort = (text: string, budgetMs: number): string =>
  `${text.length} characters could not be read aloud in ${(budgetMs / 1_000).toFixed(1)} s; ` +
  'give the call a longer deadline, or ask again with the same request id';
