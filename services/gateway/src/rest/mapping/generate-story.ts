import { Moral, type GenerateStoryRequest } from '@exempla/contracts/orchestrator/v1/story_service';
import { Gender as WireGender } from '@exempla/contracts/type/v1/child';
import type { Story } from '@exempla/contracts/type/v1/story';
import type { PartialMessage } from '@exempla/rpc';
import type { GeneratedStory, GenerateStory } from '../schemas/generate-story.ts';
import type { Gender, MORALS } from '../schemas/parts.ts';

const GENDERS: Readonly<Record<Gender, WireGender>> = {
  male: WireGender.GENDER_MALE,
  female: WireGender.GENDER_FEMALE,
  other: WireGender.GENDER_OTHER,
};

export const toGender = (gender: Gender | null | undefined): WireGender => GENDERS[gender ?? 'other'];

/** The request to the orchestrator; `requestId` is the caller's idempotency key. */
export function toGenerateRequest(body: GenerateStory, requestId: string): PartialMessage<GenerateStoryRequest> {
  const { child, language, story_length, generate_audio, voice_options } = body;
  const { name: displayName, age, gender, interests } = child;
  return {
    toldTo: {
      $case: 'newChild',
      value: { displayName, age: { $case: 'years', value: age }, gender: toGender(gender), interests },
    },
    lesson: toLesson(body),
    language,
    ...(typeof story_length === 'number' && { lengthMinutes: story_length }),
    narrate: generate_audio ?? false,
    voice: voice_options?.voice ?? '',
    requestId,
  };
}

function toLesson({ moral, custom_moral }: GenerateStory): NonNullable<GenerateStoryRequest['lesson']> {
  if (typeof custom_moral === 'string') return { $case: 'customMoral', value: custom_moral };
  return { $case: 'moral', value: moralOf(moral ?? 'kindness') };
}

const moralOf = (moral: (typeof MORALS)[number]): Moral => Moral[`MORAL_${moral.toUpperCase()}` as keyof typeof Moral];

/** `stories/1` as `1`. */
export const idOf = (name: string): string => name.slice(name.indexOf('/') + 1);

/** Where the sound of a story is; null when it has none. */
export const audioUrl = ({ name, audio }: Story): string | null =>
  audio === '' ? null : `/api/v1/stories/${idOf(name)}/audio`;

export const fromStory = (story: Story): GeneratedStory => ({
  title: story.title,
  content: story.text,
  moral: story.moral,
  language: story.language,
  story_length: story.lengthMinutes,
  audio_file_url: audioUrl(story),
});

/** Names of the message as the body has them. */
const NAMES: readonly (readonly [message: string, body: string])[] = [
  ['new_child.display_name', 'child.name'],
  ['new_child.years', 'child.age'],
  ['new_child', 'child'],
  ['length_minutes', 'story_length'],
  ['narrate', 'generate_audio'],
  ['voice', 'voice_options.voice'],
];
export function generateFieldNames(field: string): string {
  const found = NAMES.find(([message]) => field.startsWith(message));
  return found ? found[1] + field.slice(found[0].length) : field;
}
