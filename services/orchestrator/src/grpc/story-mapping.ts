import {
  type GenerateStoryRequest,
  type GenerateStoryResponse,
  Moral as WireMoral,
  type StreamGenerateStoryResponse,
} from '@exempla/contracts/orchestrator/v1/story_service';
import type { GeneratedStory, GenerateRequest, Moral, MoralKind, Part } from '../stories/index.ts';
import { fromProfile } from '../wire/cast.ts';
import { enumNames } from '../wire/names.ts';
import { toStory } from '../wire/story.ts';
import { toNarration, toTiming } from './mapping.ts';

const DEFAULT_LANGUAGE = 'en';
const DEFAULT_MINUTES = 5;
const DEFAULT_MORAL: MoralKind = 'KINDNESS';

const morals = enumNames<MoralKind>(WireMoral, 'MORAL_');

function fromLesson(lesson: GenerateStoryRequest['lesson']): Moral {
  if (lesson?.$case === 'customMoral') return { own: lesson.value };
  const kind = lesson === undefined ? 'UNSPECIFIED' : morals.from(lesson.value);
  return { kind: kind === 'UNSPECIFIED' ? DEFAULT_MORAL : kind };
}

function fromToldTo(toldTo: GenerateStoryRequest['toldTo']): GenerateRequest['child'] {
  if (toldTo === undefined) return undefined;
  if (toldTo.$case === 'child') return { type: 'kept', name: toldTo.value };
  return { type: 'new', profile: fromProfile(toldTo.value) };
}

export const fromGenerateStory = (request: GenerateStoryRequest): GenerateRequest => ({
  child: fromToldTo(request.toldTo),
  hero: request.hero,
  moral: fromLesson(request.lesson),
  language: request.language || DEFAULT_LANGUAGE,
  lengthMinutes: request.lengthMinutes ?? DEFAULT_MINUTES,
  narrate: request.narrate,
  voice: request.voice,
  previousStory: request.previousStory,
  seed: request.seed,
  provider: request.provider,
  requestId: request.requestId,
});

export const toStoryAnswer = ({
  story,
  narration,
  fallbackReason,
  degraded,
  timings,
}: GeneratedStory): GenerateStoryResponse => ({
  story: toStory(story),
  narration: narration && toNarration(narration),
  fallbackReason,
  degraded: [...degraded],
  timings: timings.map(toTiming),
});

/** One part of a story as a message of the stream. */
export function toStoryPart(part: Part): StreamGenerateStoryResponse {
  switch (part.type) {
    case 'draft': {
      const { attempt, title, text } = part;
      return { part: { $case: 'draft', value: { attempt, title, text } } };
    }
    case 'title':
      return { part: { $case: 'title', value: part.title } };
    case 'text':
      return { part: { $case: 'text', value: part.text } };
    case 'saved':
      return { part: { $case: 'saved', value: toStory(part.story) } };
    case 'narration':
      return { part: { $case: 'narration', value: toNarration(part.narration) } };
    case 'degraded':
      return { part: { $case: 'degraded', value: part.part } };
  }
}
