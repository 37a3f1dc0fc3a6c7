import { blankOf, type RecordKind, type RecordOf } from '../records/index.ts';
import type { Part, PartRepository } from './part.ts';

export interface TokenUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

export interface GenerationContent extends Part {
  readonly model: string;
  readonly prompt: string;
  /** PENDING until it is over. Undefined in a request only. */
  readonly status: string | undefined;
  readonly usage: TokenUsage | undefined;
  readonly costMicroUsd: number | undefined;
  readonly errorReason: string;
}

export type Generation = RecordOf<GenerationContent>;
export type GenerationRepository = PartRepository<GenerationContent>;

export const generationName = (storyId: string, number: number): string => `stories/${storyId}/generations/${number}`;

export const GENERATION: RecordKind<GenerationContent> = {
  collection: 'generations',
  nameOf: ({ storyId, number }) => generationName(storyId, number),
  message: 'generation',
  notFound: 'GENERATION_NOT_FOUND',
  changeable: { status: 'status', usage: 'usage', cost_micro_usd: 'costMicroUsd', error_reason: 'errorReason' },
  check: ({ model, status }) => (status === undefined ? { field: 'status', why: 'must be told' } : blankOf({ model })),
};
