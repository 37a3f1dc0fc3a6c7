import type { StreamGenerateStoryResponse } from '@exempla/contracts/orchestrator/v1/story_service';
import type { Story } from '@exempla/contracts/type/v1/story';
import type { ServerSentEvent } from '../http/event-stream.ts';
import { audioUrl, fromGeneratedWithId, fromStory } from './mapping/story.ts';

/** A story as it is written: what a client is told of each part, and of what comes next. */
export async function* storyEvents(
  parts: AsyncIterable<StreamGenerateStoryResponse>,
  narrated: boolean,
): AsyncGenerator<ServerSentEvent> {
  let saved: Story | undefined;
  yield progress('writing');
  for await (const { part } of parts) {
    switch (part?.$case) {
      case 'draft':
        yield { event: 'draft', data: part.value };
        break;
      case 'title':
        yield { event: 'title', data: { title: part.value } };
        break;
      case 'text':
        yield { event: 'text', data: { text: part.value } };
        break;
      case 'saved':
        saved = part.value;
        yield { event: 'saved', data: fromStory(part.value) };
        if (narrated) yield progress('narrating');
        break;
      case 'narration': {
        const { object: audio, voice, contentType, sizeBytes } = part.value;
        const url = saved ? audioUrl({ name: saved.name, audio }) : null;
        const data = { audio_file_url: url, voice, content_type: contentType, size_bytes: Number(sizeBytes) };
        yield { event: 'audio', data };
        break;
      }
      case 'degraded':
        yield { event: 'degraded', data: part.value };
        break;
      case 'done': {
        if (part.value.story) yield { event: 'done', data: fromGeneratedWithId(part.value) };
        break;
      }
      case undefined:
        // A part that only a newer orchestrator knows.
        break;
    }
  }
}

const progress = (phase: 'writing' | 'narrating'): ServerSentEvent => ({ event: 'progress', data: { phase } });
