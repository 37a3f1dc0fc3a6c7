import { idIn } from '@exempla/contracts';
import type {
  CreateGenerationRequest,
  UpdateGenerationRequest,
} from '@exempla/contracts/storage/v1/story_store_service';
import {
  Generation as WireGeneration,
  Generation_Status as WireStatus,
  type GenerationInfo as WireInfo,
} from '@exempla/contracts/type/v1/story';
import type { CreateInput, UpdateInput } from '../records/index.ts';
import {
  type Generation,
  type GenerationContent,
  generationName,
  type GenerationInfo,
  type Part,
} from '../stories/index.ts';
import { enumNames } from './enum-names.ts';
import { checkRequest } from './request-checks.ts';

const statuses = enumNames<WireStatus>(WireStatus, 'STATUS_');

/** The rules keep it far below 2^53. */
const toCost = (cost: bigint | undefined): number | undefined => (cost === undefined ? undefined : Number(cost));
const fromCost = (cost: number | undefined): bigint | undefined => (cost === undefined ? undefined : BigInt(cost));

export const toGenerationInfo = (info: WireInfo | undefined): GenerationInfo | undefined =>
  info && { attempts: info.attempts, usage: info.usage, costMicroUsd: toCost(info.costMicroUsd) };

export const fromGenerationInfo = (info: GenerationInfo | undefined): WireInfo | undefined =>
  info && { attempts: info.attempts, usage: info.usage, costMicroUsd: fromCost(info.costMicroUsd) };

const toGenerationContent = (generation: WireGeneration, part: Part): GenerationContent => ({
  ...part,
  model: generation.model,
  prompt: generation.prompt,
  status: generation.status === WireStatus.STATUS_UNSPECIFIED ? undefined : statuses.toName(generation.status),
  usage: generation.usage,
  costMicroUsd: toCost(generation.costMicroUsd),
  errorReason: generation.errorReason,
});

export const fromGeneration = (generation: Generation): WireGeneration => ({
  name: generationName(generation.storyId, generation.number),
  attempt: generation.number,
  model: generation.model,
  prompt: generation.prompt,
  status: statuses.fromName(generation.status ?? 'UNSPECIFIED'),
  usage: generation.usage,
  costMicroUsd: fromCost(generation.costMicroUsd),
  errorReason: generation.errorReason,
  etag: generation.etag,
  createTime: generation.createTime,
  updateTime: generation.updateTime,
});

/** The rules of the protos see to it that the message is there; an empty one stands in for the type. */
const present = (generation: WireGeneration | undefined): WireGeneration => generation ?? WireGeneration.create();

export function toCreateGeneration(request: CreateGenerationRequest): CreateInput<GenerationContent> {
  checkRequest(request);
  const content = toGenerationContent(present(request.generation), { storyId: idIn(request.parent), number: 0 });
  return { content: { ...content, status: content.status ?? 'PENDING' }, requestId: request.requestId };
}

/** `stories/{story}/generations/{number}` */
function partIn(name: string): Part {
  const [, storyId = '', , number] = name.split('/');
  return { storyId, number: Number(number) };
}

export function toUpdateGeneration(request: UpdateGenerationRequest): UpdateInput<GenerationContent> {
  const generation = present(request.generation);
  const { name, etag } = generation;
  checkRequest(request, { 'generation.name': name });
  const values = toGenerationContent(generation, partIn(name));
  return { id: name, etag, mask: request.updateMask ?? [], values };
}
