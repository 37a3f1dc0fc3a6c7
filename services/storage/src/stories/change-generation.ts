import { isUuid } from '../paging/index.ts';
import {
  type Call,
  type CreateInput,
  createRecord,
  etagMismatch,
  findForChange,
  madeBy,
  newEtag,
  notFound,
  RecordError,
  type UpdateInput,
  withMask,
} from '../records/index.ts';
import { GENERATION, type Generation, type GenerationContent, generationName } from './generation.ts';
import { STORY } from './story.ts';
import type { StoryStore } from './story-store.ts';

export function createGeneration(
  store: StoryStore,
  call: Call,
  input: CreateInput<GenerationContent>,
): Promise<Generation> {
  return store.withTransaction(call, async ({ stories, generations }) => {
    // Held to the end: attempts are numbered one after the other.
    const { id: storyId } = await findForChange(STORY, stories, { id: input.content.storyId, etag: '' });
    const complete = async (content: GenerationContent): Promise<GenerationContent> => ({
      ...content,
      number: await generations.nextNumber(storyId),
    });
    return madeBy(await createRecord(GENERATION, generations, { ...input, complete }));
  });
}

/** `id` is not looked at: a generation is found by its story and number. */
export function updateGeneration(
  store: StoryStore,
  call: Call,
  input: UpdateInput<GenerationContent>,
): Promise<Generation> {
  const { storyId, number } = input.values;
  const name = generationName(storyId, number);
  return store.withTransaction(call, async ({ generations }) => {
    const current = isUuid(storyId) ? await generations.findNumberForChange(storyId, number) : undefined;
    if (current === undefined) throw notFound('GENERATION_NOT_FOUND', name);
    if (input.etag !== '' && input.etag !== current.etag) throw etagMismatch(name, input.etag);
    const content = withMask<GenerationContent>(GENERATION, current, input);
    if (current.status !== 'PENDING' && content.status !== current.status) throw generationOver(name, current);
    return generations.update(current.id, content, newEtag());
  });
}

const generationOver = (name: string, { status = '' }: Generation): RecordError =>
  new RecordError('GENERATION_OVER', `${name} ended as ${status}: its status cannot change any more`, { name, status });
