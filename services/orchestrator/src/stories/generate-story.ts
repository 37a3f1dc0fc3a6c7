import {
  narrationBudgetMs,
  narrationObject,
  optionalBudgetMs,
  PartLog,
  type CallTime,
  type Narration,
  type StepTime,
} from '../parts/index.ts';
import { validateStoryRequest } from './check-request.ts';
import { gatherCast, type Cast } from './gather-cast.ts';
import type { StoryPorts } from './ports.ts';
import { seedOf } from './seeds.ts';
import { languageUnsupported } from './story-error.ts';
import { attachAudio, createStory, spokenText } from './story.ts';
import type { GeneratedStory, GenerateRequest, OnPart, Story } from './types.ts';
import { writeBestDraft, type WrittenStory } from './write-best-draft.ts';

/**
 * Makes a story under one deadline: who it is of, text, keeping, all required; then narration and the record of how it was
 * made, side by side and optional. Nothing that fails after the story is kept takes it away again.
 */
export async function generateStory(
  request: GenerateRequest,
  call: CallTime,
  ports: StoryPorts,
  onPart: OnPart = () => {},
): Promise<GeneratedStory> {
  validateStoryRequest(request);
  if (!ports.writer.writes(request.language)) throw languageUnsupported(request.language);
  return new Making(request, call, ports, onPart).run();
}

/** One story in the making. */
class Making {
  readonly #request: GenerateRequest;
  readonly #call: CallTime;
  readonly #ports: StoryPorts;
  readonly #onPart: OnPart;
  readonly #log: PartLog;
  /** Under it the story is kept once, however often a lost answer is asked for again. */
  readonly #onceId: string;

  constructor(request: GenerateRequest, call: CallTime, ports: StoryPorts, onPart: OnPart) {
    this.#request = request;
    this.#call = call;
    this.#ports = ports;
    this.#onPart = onPart;
    this.#log = new PartLog(ports.now);
    this.#onceId = request.requestId || ports.newId();
  }

  async run(): Promise<GeneratedStory> {
    const cast = await this.#log.time('cast', () => gatherCast(this.#request, this.#ports));
    const written = await this.#write(cast);
    const saved = await this.#save(cast, written);
    const [narrated] = await Promise.all([this.#narrate(saved), this.#note(saved, written)]);
    const { timings, degraded } = this.#log;
    return { ...narrated, degraded, timings };
  }

  async #write({ child, hero, previous }: Cast): Promise<WrittenStory> {
    const { moral, language, lengthMinutes: minutes } = this.#request;
    const brief = { child, hero, moral, language, minutes, previous };
    const seed = seedOf(this.#request, this.#onceId);
    return this.#log.time('text', () => writeBestDraft(brief, seed, this.#ports, () => this.#optionalTime()));
  }

  async #save(cast: Cast, written: WrittenStory): Promise<Story> {
    this.#call.signal.throwIfAborted();
    const story = createStory(this.#request, cast.childName, written);
    this.#onPart({ type: 'title', title: story.title });
    for (const text of story.text.split('\n\n')) this.#onPart({ type: 'text', text });
    const saved = await this.#log.time('store', () => this.#ports.stories.create(story, this.#onceId));
    this.#onPart({ type: 'saved', story: saved });
    return saved;
  }

  /** Reads the story aloud and names the sound in it. A story that has its sound already was asked for before. */
  async #narrate(story: Story): Promise<Pick<GeneratedStory, 'story' | 'narration'>> {
    if (!this.#request.narrate) return { story, narration: undefined };
    const text = spokenText(story);
    try {
      const narration = await this.#log.time('narration', () => this.#speak(story, text));
      const narrated = story.audio ? story : await this.#attach(story, narration);
      this.#onPart({ type: 'narration', narration });
      return { story: narrated, narration };
    } catch (error) {
      this.#degrade('narration', error);
      return { story, narration: undefined };
    }
  }

  #speak(story: Story, text: string): Promise<Narration> {
    if (story.audio) return this.#ports.narrator.find(story.audio, text);
    const { voice, language } = this.#request;
    const job = { text, voice, language, object: narrationObject(story.name) };
    const budgetMs = narrationBudgetMs(text.length, this.#call.remainingMs());
    return this.#ports.narrator.narrate(job, { signal: this.#call.signal, budgetMs });
  }

  /** A sound that no story names is removed: the story is gone, or nobody would find it. */
  async #attach(story: Story, narration: Narration): Promise<Story> {
    try {
      return await this.#log.time('attach', () => this.#ports.stories.saveAudio(attachAudio(story, narration)));
    } catch (error) {
      await this.#ports.narrator
        .discard(narration.object)
        .catch((failure: unknown) => this.#degrade('discard', failure));
      throw error;
    }
  }

  /** Keeps each generation, in the order in which they were asked for. */
  async #note(story: Story, { generations }: WrittenStory): Promise<void> {
    try {
      await this.#log.time('generations', async () => {
        for (const [at, generation] of generations.entries())
          await this.#ports.stories.addGeneration(story.name, generation, `${story.name}/${at + 1}`);
      });
    } catch (error) {
      this.#degrade('generations', error);
    }
  }

  #optionalTime(): StepTime {
    return { signal: this.#call.signal, budgetMs: optionalBudgetMs(this.#call.remainingMs()) };
  }

  #degrade(step: string, error: unknown): void {
    const part = { step, ...this.#ports.readFailure(error) };
    this.#log.degraded.push(part);
    this.#onPart({ type: 'degraded', part });
  }
}
