import type { GenerateDefinitionResponse } from '@exempla/contracts/orchestrator/v1/definition_service';
import {
  ExampleKind,
  exampleKindToJSON,
  type ExampleSet,
  ExampleSet_Status,
  exampleSet_StatusToJSON,
  Relation,
  relationToJSON,
} from '@exempla/contracts/type/v1/example';
import type { Violation } from '@exempla/contracts/type/v1/definition';
import type { Hop } from '@exempla/launch';
import type { Maker } from '../terminal/maker-view.ts';

/** What `--json` prints. */
export interface DemoReport {
  term: string;
  madeBy: MakerReport;
  definition: { name: string; text: string; accepted: boolean; score: number; violations: Violation[] };
  examples: Record<string, KindReport>;
  /** Null when the narration is degraded. */
  audio: AudioReport | null;
  degraded: { step: string; reason: string; message: string }[];
  hops: HopReport[];
  totalMs: number;
}

/** Who defined it, and what was used of models. */
export interface MakerReport {
  /** `lexical`, `offline-grammar`, or a model. */
  provider: string;
  /** Where the model was asked; null offline. */
  host: string | null;
  /** Why it was not the first in the order; empty when it was. */
  fallbackReason: string;
  usage: { model: string; answers: number; inputTokens: number; outputTokens: number; costMicros: number }[];
}

export interface KindReport {
  status: string;
  items: { text: string; relation: string; source: string }[];
}

export interface AudioReport {
  object: string;
  /** Relative to the working directory. */
  file: string;
  bytes: number;
  seconds: number;
  voice: string;
  text: string;
}

export interface HopReport {
  service: string;
  pid: number;
  method: string;
  /** From the start of the call. */
  startMs: number;
  durationMs: number;
  deadlineLeftMs: number;
  status: string;
}

/** In the order in which people read them. */
export const KINDS = [
  ExampleKind.EXAMPLE_KIND_EXPLANATION,
  ExampleKind.EXAMPLE_KIND_SENTENCE,
  ExampleKind.EXAMPLE_KIND_PRACTICAL,
  ExampleKind.EXAMPLE_KIND_COUNTER,
  ExampleKind.EXAMPLE_KIND_SYNONYM,
  ExampleKind.EXAMPLE_KIND_ANTONYM,
] as const;

export const kindName = (kind: ExampleKind): string => exampleKindToJSON(kind).replace('EXAMPLE_KIND_', '');
export const relationName = (relation: Relation): string => relationToJSON(relation).replace('RELATION_', '');
export const statusName = (status: ExampleSet_Status): string => exampleSet_StatusToJSON(status).replace('STATUS_', '');

/** The set of a kind; a kind that the answer leaves out has failed. */
export function setOf(response: GenerateDefinitionResponse, kind: ExampleKind): ExampleSet {
  const missing = {
    kind,
    status: ExampleSet_Status.STATUS_ERROR,
    items: [],
    wanted: 0,
    errorReason: 'MISSING',
    provider: '',
    fallbackReason: '',
  };
  return response.definition?.examples.find((set) => set.kind === kind) ?? missing;
}

export interface DemoResult {
  term: string;
  response: GenerateDefinitionResponse;
  maker: Maker;
  audio: AudioReport | null;
  hops: readonly Hop[];
  /** When the call was made, epoch milliseconds. */
  startedAt: number;
  totalMs: number;
}

export function reportOf({ term, response, maker, audio, hops, startedAt, totalMs }: DemoResult): DemoReport {
  const { definition } = response;
  return {
    term,
    madeBy: makerReport(maker),
    definition: {
      name: definition?.name ?? '',
      text: definition?.text ?? '',
      accepted: definition?.assessment?.accepted ?? false,
      score: definition?.assessment?.score ?? 0,
      violations: definition?.assessment?.violations ?? [],
    },
    examples: Object.fromEntries(KINDS.map((kind) => [kindName(kind), kindReport(setOf(response, kind))])),
    audio,
    degraded: response.degraded,
    hops: hops.map((hop) => hopReport(hop, startedAt)),
    totalMs: round(totalMs),
  };
}

export const makerReport = ({ provider, fallbackReason, models, usage }: Maker): MakerReport => ({
  provider,
  host: models?.get(provider) ?? null,
  fallbackReason,
  usage: usage.map(({ model, answers, inputTokens, outputTokens, costMicros }) => ({
    model,
    answers: Number(answers),
    inputTokens: Number(inputTokens),
    outputTokens: Number(outputTokens),
    costMicros: Number(costMicros),
  })),
});

const kindReport = ({ status, items }: ExampleSet): KindReport => ({
  status: statusName(status),
  items: items.map(({ text, relation, source }) => ({ text, relation: relationName(relation), source })),
});

export const hopReport = (hop: Hop, startedAt: number): HopReport => ({
  service: hop.service,
  pid: hop.pid,
  method: hop.method,
  startMs: round(hop.startMs - startedAt),
  durationMs: round(hop.durationMs),
  deadlineLeftMs: hop.deadlineLeftMs,
  status: hop.status,
});

const round = (ms: number): number => Math.round(ms * 10) / 10;
