import { createHash } from 'node:crypto';
import type { GenerateRequest } from './types.ts';

/** The same for two requests that ask for the same thing: what a request id stands for. */
export function requestFingerprint(request: GenerateRequest): string {
  const { term, context, category, kinds, maxExamples, language, narrate, voice, allowDuplicate, provider } = request;
  const asked = [
    term,
    [...context.organisational],
    [...context.juridical],
    [...context.legalBasis],
    category,
    [...kinds].sort(),
    maxExamples ?? null,
    language,
    narrate,
    voice,
    allowDuplicate,
    // Requests that name none are told from each other as before there were any.
    ...(provider === '' ? [] : [provider]),
  ];
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
}
