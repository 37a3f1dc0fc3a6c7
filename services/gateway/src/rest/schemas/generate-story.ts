import { Type, type Static } from 'typebox';
import { Degraded, exactly, Gender, Id, Language, line, maybe, Moral, orNull } from './parts.ts';

/** What both routes that write a story take. */
export const GenerateStory = exactly(
  {
    child: maybe(
      exactly(
        {
          name: line(60, 'What the child is called.'),
          age: Type.Integer({ minimum: 1, maximum: 18, description: 'Years.' }),
          gender: maybe(Gender),
          interests: Type.Array(line(100, 'Something the child likes.'), { minItems: 1, maxItems: 20 }),
        },
        { description: 'Found by name, age and gender, or kept.' },
      ),
    ),
    child_id: maybe(Id),
    hero_id: maybe(Id),
    previous_story_id: maybe(Id),
    moral: maybe(Moral),
    custom_moral: maybe(line(200, 'A moral of your own; it takes the place of the other.')),
    language: Language,
    story_length: maybe(
      Type.Integer({ minimum: 1, maximum: 30, description: 'Minutes to read aloud; 5 when not told.' }),
    ),
    generate_audio: maybe(Type.Boolean({ description: 'Reads the story aloud and keeps the sound.' })),
    voice_provider: maybe(line(100, 'A speech engine, as GET /api/v1/voices names them.')),
    voice_options: maybe(exactly({ voice: maybe(line(100, 'A voice, as GET /api/v1/voices names them.')) })),
    provider: maybe(
      line(
        200,
        'The only writer that may write: offline-grammar, or a model as it is configured; null for the usual order.',
      ),
    ),
    seed: maybe(Type.Integer({ minimum: 0, maximum: 2 ** 32 - 1, description: 'Same seed, same text.' })),
  },
  {
    examples: [
      {
        child: { name: 'Mia', age: 5, gender: 'female', interests: ['stars', 'foxes'] },
        moral: 'kindness',
        language: 'en',
        story_length: 3,
        generate_audio: true,
      },
    ],
  },
);
export type GenerateStory = Static<typeof GenerateStory>;

const answer = {
  title: Type.String(),
  content: Type.String(),
  moral: Type.String(),
  language: Type.String(),
  story_length: Type.Integer(),
  audio_file_url: orNull(Type.String({ description: 'Where the sound is.' })),
  degraded: Type.Optional(Degraded),
  model_used: Type.Optional(Type.String({ description: 'Who wrote in the place of the writer that comes first.' })),
  fallback_reason: Type.Optional(Type.String({ description: 'Why that writer did not write.' })),
};

/** What POST /api/v1/generate-story answers. */
export const GeneratedStory = Type.Object(answer);
export type GeneratedStory = Static<typeof GeneratedStory>;

/** What POST /api/v1/stories/generate answers. */
export const GeneratedStoryWithId = Type.Object({
  ...answer,
  id: Type.String(),
  rating: orNull(Type.Integer({ minimum: 1, maximum: 10 })),
});
export type GeneratedStoryWithId = Static<typeof GeneratedStoryWithId>;
