import { isUuid, type Page, type PageInput } from '../paging/index.ts';
import { type Call, fold, getRecord, listRecords, requestedRecord, type RequestKey } from '../records/index.ts';
import { GENERATION, type Generation } from './generation.ts';
import { STORY, type Story } from './story.ts';
import type { StoryRevision } from './story-revision.ts';
import type { StoryStore } from './story-store.ts';

/** What is empty or undefined does not matter. */
export interface ListStoriesInput extends PageInput {
  readonly childId: string | undefined;
  readonly childName: string;
  readonly language: string;
  readonly state: string | undefined;
}

const keyOf = (text: string): string | undefined => (text === '' ? undefined : fold(text));

export const getStory = (store: StoryStore, call: Call, id: string): Promise<Story> =>
  getRecord(STORY, store.reading(call).stories, id);

/** The story that a request with this id and fingerprint made. */
export const lookupStory = (store: StoryStore, call: Call, request: RequestKey): Promise<Story | undefined> =>
  requestedRecord(STORY, store.reading(call).stories, request);

export async function listStories(store: StoryStore, call: Call, page: ListStoriesInput): Promise<Page<Story>> {
  const { childId, childName, language, state } = page;
  if (childId !== undefined && !isUuid(childId)) return { items: [], nextPageToken: '' };
  const filter = { childId, childNameKey: keyOf(childName), languageKey: keyOf(language), state };
  return listRecords(store, call, { kind: STORY, in: ({ stories }) => stories, filter, page });
}

export interface ListPartsInput extends PageInput {
  readonly storyId: string;
}

export async function listStoryRevisions(
  store: StoryStore,
  call: Call,
  page: ListPartsInput,
): Promise<Page<StoryRevision>> {
  const { id: storyId } = await getStory(store, call, page.storyId);
  return listRecords(store, call, {
    kind: { collection: 'revisions' },
    in: (unit) => unit.storyRevisions,
    filter: { storyId },
    page,
  });
}

export async function listGenerations(store: StoryStore, call: Call, page: ListPartsInput): Promise<Page<Generation>> {
  const { id: storyId } = await getStory(store, call, page.storyId);
  return listRecords(store, call, { kind: GENERATION, in: (unit) => unit.generations, filter: { storyId }, page });
}
