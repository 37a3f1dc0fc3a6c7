import type { RecordEvent } from '../records/index.ts';
import type { Story } from './story.ts';

type StoryEventType = 'story.created' | 'story.changed' | 'story.rated' | 'story.deleted';

/** What readers of the log need to know of a story; the text they read from the story itself. */
export const storyEvent = (type: StoryEventType, { id, etag, title, kind, language, rating }: Story): RecordEvent => ({
  type,
  record: `stories/${id}`,
  id: type === 'story.deleted' ? `${etag}-deleted` : etag,
  data: { title, kind, language, ...(rating === undefined ? {} : { rating }) },
});
