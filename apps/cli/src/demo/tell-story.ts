import {
  type GenerateStoryResponse,
  Moral,
  StoryServiceDefinition,
} from '@exempla/contracts/orchestrator/v1/story_service';
import { Gender } from '@exempla/contracts/type/v1/child';
import { createClient } from '@exempla/rpc';
import type { StoryArguments } from './story-arguments.ts';
import { tracedCall, type Made } from './traced-call.ts';

export type Told = Made<GenerateStoryResponse>;

/** Reading five minutes aloud takes longer than the ten seconds that a call has by default. */
const DEADLINE_MS = 60_000;

/** Asks the orchestrator for the story. */
export const tellStory = (args: StoryArguments, orchestrator: string, signal: AbortSignal): Promise<Told> =>
  tracedCall(orchestrator, (channel, options) =>
    createClient(StoryServiceDefinition, channel).generateStory(storyRequestOf(args), {
      ...options,
      signal,
      timeoutMs: args.deadlineMs ?? DEADLINE_MS,
    }),
  );

const GENDERS = { female: Gender.GENDER_FEMALE, male: Gender.GENDER_MALE, other: Gender.GENDER_OTHER };

const MORALS = new Map(
  Object.entries(Moral).flatMap(([name, value]) =>
    typeof value === 'number' && value > 0 ? [[name.replace('MORAL_', '').toLowerCase(), value] as const] : [],
  ),
);

export function storyRequestOf({ child, age, gender, interests, moral, minutes, voice, seed }: StoryArguments) {
  const known = MORALS.get(moral.toLowerCase());
  const newChild = {
    displayName: child,
    age: { $case: 'years', value: age } as const,
    gender: GENDERS[gender],
    interests,
  };
  return {
    toldTo: { $case: 'newChild', value: newChild } as const,
    lesson:
      known === undefined
        ? ({ $case: 'customMoral', value: moral } as const)
        : ({ $case: 'moral', value: known } as const),
    narrate: true,
    voice,
    ...(minutes === undefined ? {} : { lengthMinutes: minutes }),
    ...(seed === undefined ? {} : { seed }),
  };
}
