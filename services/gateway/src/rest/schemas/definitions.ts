import { Type, type Static } from 'typebox';
import { Degraded, exactly, Language, line, maybe, NextPage, orNull, paging, Time } from './parts.ts';

const Kind = Type.Enum(['sentence', 'practical', 'counter', 'synonym', 'antonym', 'explanation']);
export type Kind = Static<typeof Kind>;
const contexts = Type.Optional(Type.Array(line(200, 'Where the term is used.'), { maxItems: 10 }));

export const GenerateDefinition = exactly(
  {
    term: line(200, 'What to define.'),
    context: maybe(exactly({ organisational: contexts, juridical: contexts, legal_basis: contexts })),
    category: maybe(Type.String({ maxLength: 100, pattern: '^[^\\p{Cc}]*$', description: 'Prefers senses of it.' })),
    kinds: maybe(Type.Array(Kind, { maxItems: 6, uniqueItems: true, description: 'All six when not told.' })),
    max_examples: maybe(Type.Integer({ minimum: 1, maximum: 50, description: 'A kind.' })),
    language: maybe(Language),
    narrate: maybe(Type.Boolean({ description: 'Reads it aloud and keeps the sound.' })),
    voice: maybe(line(100, 'A voice, as GET /api/v1/voices names them.')),
    allow_duplicate: maybe(Type.Boolean({ description: 'Makes another one of a term that is defined already.' })),
    provider: maybe(line(200, '`lexical` or the name of a model; the order of the service when not told.')),
  },
  { examples: [{ term: 'river', language: 'en', narrate: true }] },
);
export type GenerateDefinition = Static<typeof GenerateDefinition>;

const Sense = Type.Object({
  source: Type.String(),
  lemma: Type.String(),
  part_of_speech: Type.String(),
  category: Type.String(),
  gloss: Type.String(),
});
const Examples = Type.Object({
  kind: Kind,
  status: Type.Enum(['ok', 'short', 'empty', 'timeout', 'error', 'unspecified']),
  wanted: Type.Integer(),
  items: Type.Array(
    Type.Object({ text: Type.String(), relation: Type.String(), source: Type.String(), reason: Type.String() }),
  ),
  error_reason: Type.String(),
  provider: Type.String(),
  fallback_reason: Type.String(),
});

export const Definition = Type.Object({
  id: Type.String(),
  term: Type.String(),
  text: Type.String(),
  language: Type.String(),
  category: Type.String(),
  context: Type.Object({
    organisational: Type.Array(Type.String()),
    juridical: Type.Array(Type.String()),
    legal_basis: Type.Array(Type.String()),
  }),
  state: Type.Enum(['draft', 'established', 'unspecified']),
  assessment: orNull(
    Type.Object({
      score: Type.Number(),
      accepted: Type.Boolean(),
      violations: Type.Array(
        Type.Object({
          rule: Type.String(),
          family: Type.String(),
          score: Type.Number(),
          message: Type.String(),
          critical: Type.Boolean(),
        }),
      ),
    }),
  ),
  sense: orNull(Sense),
  other_senses: Type.Array(Sense),
  sense_reason: Type.String(),
  examples: Type.Array(Examples),
  audio_file_url: orNull(Type.String()),
  etag: Type.String(),
  created_at: orNull(Time),
  updated_at: orNull(Time),
  degraded: Type.Optional(Degraded),
  provider: Type.Optional(Type.String({ description: 'Who wrote the text, where it was written just now.' })),
  fallback_reason: Type.Optional(Type.String({ description: 'Why another one did not; empty when it was its turn.' })),
});
export type Definition = Static<typeof Definition>;
export const DefinitionPage = Type.Object({ definitions: Type.Array(Definition), next_page_token: NextPage });
export const DefinitionQuery = exactly({ ...paging, term: Type.Optional(line(200, 'Whatever its letter case.')) });
