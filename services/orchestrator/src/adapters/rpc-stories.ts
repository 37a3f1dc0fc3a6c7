import type { StoryStoreServiceDefinition } from '@exempla/contracts/storage/v1/story_store_service';
import { Generation_Status } from '@exempla/contracts/type/v1/story';
import { runDetached, type RpcClient } from '@exempla/rpc';
import type { NewStory, RequestKey, Story, StoryArchive } from '../stories/index.ts';
import { fromStory, toNewStory } from '../wire/story.ts';
import { askForStories } from './peer-errors.ts';

/** Naming a sound takes a few milliseconds; this is for a storage that just restarts. */
const ATTACH_MS = 5_000;

type Archive = StoryArchive;

/** Stories in the storage service. */
export class RpcStories implements StoryArchive {
  readonly #client: RpcClient<typeof StoryStoreServiceDefinition>;

  constructor(client: RpcClient<typeof StoryStoreServiceDefinition>) {
    this.#client = client;
  }

  async lookup(request: RequestKey): Promise<Story | undefined> {
    const { byRequest } = await askForStories(this.#client.lookupStory(request));
    return byRequest && fromStory(byRequest);
  }

  async create(story: NewStory, request: RequestKey): Promise<Story> {
    return fromStory(await askForStories(this.#client.createStory({ story: toNewStory(story), ...request })));
  }

  async get(name: string): Promise<Story> {
    return fromStory(await askForStories(this.#client.getStory({ name })));
  }

  /** The sound is stored already: a caller who leaves now must not leave it without a story that names it. */
  async saveAudio({ name, audio, audioProvider }: Parameters<Archive['saveAudio']>[0]): Promise<Story> {
    const change = { story: { name, audio, audioProvider }, updateMask: ['audio', 'audio_provider'] };
    return fromStory(await askForStories(runDetached(ATTACH_MS, () => this.#client.updateStory(change))));
  }

  async saveRating({ name, rating }: Parameters<Archive['saveRating']>[0]): Promise<Story> {
    return fromStory(await askForStories(this.#client.rateStory({ name, ...(rating !== undefined && { rating }) })));
  }

  async delete(version: Parameters<Archive['delete']>[0]): Promise<void> {
    await askForStories(this.#client.deleteStory(version));
  }

  async list(query: Parameters<Archive['list']>[0]): ReturnType<Archive['list']> {
    const { stories, nextPageToken } = await askForStories(this.#client.listStories(query));
    return { stories: stories.map(fromStory), nextPageToken };
  }

  async addGeneration(...[parent, generation, requestId]: Parameters<Archive['addGeneration']>): Promise<string> {
    const { model, prompt, usage, costMicroUsd, errorReason } = generation;
    const status = errorReason === '' ? Generation_Status.STATUS_SUCCEEDED : failedAs(errorReason);
    const cost = costMicroUsd === undefined ? {} : { costMicroUsd: BigInt(costMicroUsd) };
    const kept = { model, prompt, status, errorReason, ...(usage && { usage }), ...cost };
    const { name } = await askForStories(this.#client.createGeneration({ parent, generation: kept, requestId }));
    return name;
  }
}

const failedAs = (reason: string): Generation_Status =>
  /TIMEOUT|DEADLINE/.test(reason) ? Generation_Status.STATUS_TIMED_OUT : Generation_Status.STATUS_FAILED;
