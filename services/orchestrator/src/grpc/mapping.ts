import type {
  Narration as WireNarration,
  PartTiming as WireTiming,
} from '@exempla/contracts/orchestrator/v1/answer_parts';
import type {
  GenerateDefinitionRequest,
  GenerateDefinitionResponse,
  StreamDefinitionResponse,
} from '@exempla/contracts/orchestrator/v1/definition_service';
import type { Duration } from '@exempla/contracts/google/protobuf/duration';
import type { GeneratedDefinition, GenerateRequest, Part } from '../definitions/index.ts';
import type { Narration, PartTiming } from '../parts/index.ts';
import { fromContext, fromKind, toAssessment, toDefinition, toExampleSet } from '../wire/definition.ts';

const DEFAULT_LANGUAGE = 'en';

export function fromGenerateRequest(request: GenerateDefinitionRequest): GenerateRequest {
  return {
    ...request,
    context: fromContext(request.context),
    kinds: request.kinds.map(fromKind),
    maxExamples: request.maxExamples,
    language: request.language || DEFAULT_LANGUAGE,
  };
}

export function toDuration(ms: number): Duration {
  // Rounded first: a rest that rounds up to a full second of nanos is no Duration.
  const nanos = BigInt(Math.round(ms * 1e6));
  return { seconds: nanos / 1_000_000_000n, nanos: Number(nanos % 1_000_000_000n) };
}

export const toNarration = ({ durationMs, sizeBytes, ...narration }: Narration): WireNarration => ({
  ...narration,
  sizeBytes: BigInt(sizeBytes),
  duration: toDuration(durationMs),
});

export const toTiming = ({ step, startMs, durationMs }: PartTiming): WireTiming => ({
  step,
  start: toDuration(startMs),
  duration: toDuration(durationMs),
});

export function toGenerateResponse({
  definition,
  narration,
  degraded,
  timings,
  provider,
  fallbackReason,
}: GeneratedDefinition): GenerateDefinitionResponse {
  return {
    definition: toDefinition(definition),
    narration: narration && toNarration(narration),
    degraded: [...degraded],
    timings: timings.map(toTiming),
    provider,
    fallbackReason,
  };
}

/** One part of a definition as a message of the stream. */
export function toPart(part: Part): StreamDefinitionResponse {
  switch (part.type) {
    case 'header':
      return { part: { $case: 'header', value: { name: part.name } } };
    case 'text': {
      const { type: _type, assessment, ...rest } = part;
      return { part: { $case: 'text', value: { ...rest, assessment: toAssessment(assessment) } } };
    }
    case 'examples':
      return { part: { $case: 'examples', value: toExampleSet(part.set) } };
    case 'stored':
      return { part: { $case: 'stored', value: toDefinition(part.definition) } };
    case 'narration':
      return { part: { $case: 'narration', value: toNarration(part.narration) } };
    case 'degraded':
      return { part: { $case: 'degraded', value: part.part } };
  }
}
