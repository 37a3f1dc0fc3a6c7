import { Type, type Static } from 'typebox';
import { Gender, Interests, Language, line, maybe, Minutes, Moral } from './parts.ts';

/** What both routes that write a story take. */
export const GenerateStory = Type.Object(
  {
    child: Type.Object(
      {
        name: line(60, 'What the child is called.'),
        age: Type.Integer({ minimum: 1, maximum: 18, description: 'Years.' }),
        gender: maybe(Gender),
        interests: Interests,
      },
      { additionalProperties: false, description: 'Found by name, age and gender, or kept.' },
    ),
    moral: maybe(Moral),
    custom_moral: maybe(line(200, 'A moral of your own; it takes the place of the other.')),
    language: Language,
    story_length: maybe(Minutes),
    generate_audio: maybe(Type.Boolean({ description: 'Reads the story aloud and keeps the sound.' })),
    voice_provider: maybe(line(100, 'A speech engine, as GET /api/v1/voices names them.')),
    voice_options: maybe(
      Type.Object(
        { voice: maybe(Type.String({ maxLength: 100, description: 'A voice, as GET /api/v1/voices names them.' })) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type GenerateStory = Static<typeof GenerateStory>;

const answer = {
  title: Type.String(),
  content: Type.String(),
  moral: Type.String(),
  language: Type.String(),
  story_length: Type.Integer(),
  audio_file_url: Type.Union([Type.String(), Type.Null()], {
    description: 'Where the sound is; null when there is none.',
  }),
};

/** What POST /api/v1/generate-story answers. */
export const GeneratedStory = Type.Object(answer);
export type GeneratedStory = Static<typeof GeneratedStory>;

/** What POST /api/v1/stories/generate answers. */
export const GeneratedStoryWithId = Type.Object({
  ...answer,
  id: Type.String(),
  rating: Type.Union([Type.Integer({ minimum: 1, maximum: 10 }), Type.Null()]),
});
