import { createHash } from 'node:crypto';
import type { GenerateRequest } from './types.ts';

/** Seeds are unsigned 32-bit numbers. */
const numberIn = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0);

/**
 * The seed of a request: its own, or one that is the same whenever the same thing is asked under the same request id, or a
 * new one for the id that stands for a request without.
 */
export function seedOf(request: GenerateRequest, onceId: string): number {
  if (request.seed !== undefined) return request.seed;
  const { child, hero, moral, language, lengthMinutes, previousStory } = request;
  return numberIn(JSON.stringify([onceId, child ?? null, hero, moral, language, lengthMinutes, previousStory]));
}

/** Seeds of drafts are far apart: neighbours would share two drafts of three. */
export const draftSeed = (seed: number, attempt: number): number =>
  attempt === 0 ? seed : numberIn(`${seed}/${attempt}`);
