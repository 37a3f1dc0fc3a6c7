import { type GenerateStoryResponse, StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { createClient } from '@exempla/rpc/client';
import { GENDERS, lessonOf } from '../requests/story.ts';
import type { StoryArguments } from './story-arguments.ts';
import { tracedCall, type Made } from './traced-call.ts';

export type Told = Made<GenerateStoryResponse>;

/** A model that writes several drafts, and reading them aloud, take longer than the thirty seconds that a call has by default. */
const DEADLINE_MS = 120_000;

/** Asks the orchestrator for the story. */
export const tellStory = (args: StoryArguments, orchestrator: string, signal: AbortSignal): Promise<Told> =>
  tracedCall(orchestrator, (channel, options) =>
    createClient(StoryServiceDefinition, channel).generateStory(storyRequestOf(args), {
      ...options,
      signal,
      timeoutMs: args.deadlineMs ?? DEADLINE_MS,
    }),
  );

export function storyRequestOf({ child, age, gender, interests, moral, minutes, seed, ...chosen }: StoryArguments) {
  const newChild = {
    displayName: child,
    age: { $case: 'years', value: age } as const,
    gender: GENDERS[gender],
    interests,
  };
  return {
    toldTo: { $case: 'newChild', value: newChild } as const,
    lesson: lessonOf(moral),
    narrate: true,
    language: chosen.language,
    provider: chosen.provider,
    voice: chosen.voice,
    ...(minutes === undefined ? {} : { lengthMinutes: minutes }),
    ...(seed === undefined ? {} : { seed }),
  };
}
