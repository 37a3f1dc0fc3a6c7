import type {
  GenerateDefinitionRequest,
  GenerateDefinitionResponse,
} from '@exempla/contracts/orchestrator/v1/definition_service';
import { Definition_State, type Definition as WireDefinition } from '@exempla/contracts/type/v1/definition';
import {
  ExampleKind,
  ExampleSet_Status,
  Relation,
  type ExampleSet,
  type Sense,
} from '@exempla/contracts/type/v1/example';
import type { PartialMessage } from '@exempla/rpc';
import type { Definition, GenerateDefinition } from '../schemas/definitions.ts';
import { idOf, timeOf } from './names.ts';

export function toGenerateRequest(body: GenerateDefinition): PartialMessage<GenerateDefinitionRequest> {
  const { context, kinds } = body;
  return {
    term: body.term,
    ...(context && {
      context: {
        organisational: context.organisational ?? [],
        juridical: context.juridical ?? [],
        legalBasis: context.legal_basis ?? [],
      },
    }),
    category: body.category ?? '',
    kinds: (kinds ?? []).map((kind) => ExampleKind[`EXAMPLE_KIND_${kind.toUpperCase()}` as keyof typeof ExampleKind]),
    maxExamples: body.max_examples ?? undefined,
    language: body.language ?? '',
    narrate: body.narrate ?? false,
    voice: body.voice ?? '',
    allowDuplicate: body.allow_duplicate ?? false,
    provider: body.provider ?? '',
  };
}

/** `STATUS_OK` as `ok`; what only a newer version knows as `unspecified`. */
const lower = <T extends string>(names: Readonly<Record<number, string>>, value: number, prefix: string): T =>
  (names[value] ?? `${prefix}UNSPECIFIED`).slice(prefix.length).toLowerCase() as T;

export function fromDefinition(definition: WireDefinition): Definition {
  const { context, assessment, sense } = definition;
  return {
    id: idOf(definition.name),
    term: definition.term,
    text: definition.text,
    language: definition.language,
    category: definition.category,
    context: {
      organisational: context?.organisational ?? [],
      juridical: context?.juridical ?? [],
      legal_basis: context?.legalBasis ?? [],
    },
    state: lower<Definition['state']>(Definition_State, definition.state, 'STATE_'),
    assessment: assessment ?? null,
    sense: sense ? fromSense(sense) : null,
    other_senses: definition.otherSenses.map(fromSense),
    sense_reason: definition.senseReason,
    examples: definition.examples.map(fromExamples),
    audio_file_url: definition.narration === '' ? null : `/api/v1/definitions/${idOf(definition.name)}/audio`,
    etag: definition.etag,
    created_at: timeOf(definition.createTime),
    updated_at: timeOf(definition.updateTime),
  };
}

/** Who wrote the text, as long as that is known: not in an answer that is given again. */
export const fromOrigin = ({
  provider,
  fallbackReason,
}: Pick<GenerateDefinitionResponse, 'provider' | 'fallbackReason'>): Pick<
  Definition,
  'provider' | 'fallback_reason'
> => (provider === '' ? {} : { provider, fallback_reason: fallbackReason });

const fromSense = ({ source, lemma, partOfSpeech, category, gloss }: Sense): NonNullable<Definition['sense']> => ({
  source,
  lemma,
  part_of_speech: partOfSpeech,
  category,
  gloss,
});

const fromExamples = ({ kind, status, wanted, items, ...set }: ExampleSet): Definition['examples'][number] => ({
  kind: lower(ExampleKind, kind, 'EXAMPLE_KIND_'),
  status: lower(ExampleSet_Status, status, 'STATUS_'),
  wanted,
  items: items.map(({ relation, ...item }) => ({ ...item, relation: lower(Relation, relation, 'RELATION_') })),
  error_reason: set.errorReason,
  provider: set.provider,
  fallback_reason: set.fallbackReason,
});
