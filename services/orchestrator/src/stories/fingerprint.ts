import { createHash } from 'node:crypto';
import type { GenerateRequest } from './types.ts';

/** The same for two requests that ask for the same thing: what a request id stands for. */
export function requestFingerprint(request: GenerateRequest): string {
  const { child, hero, moral, language, lengthMinutes, narrate, voice, previousStory, seed, provider } = request;
  const lesson = 'own' in moral ? { own: moral.own } : moral.kind;
  const asked = [toldTo(child), hero, lesson, language, lengthMinutes, narrate, voice, previousStory, seed ?? null];
  // Hashes of requests that name no provider are kept from before there were any.
  const named = provider === '' ? [] : [provider];
  return createHash('sha256')
    .update(JSON.stringify([...asked, ...named]))
    .digest('hex');
}

/** In an order of its own: that of an object's fields is nobody's promise. */
function toldTo(child: GenerateRequest['child']): unknown {
  if (child?.type !== 'new') return child?.name ?? null;
  const { displayName, age, gender, interests } = child.profile;
  const told = age?.type === 'years' ? age.years : (age?.group ?? null);
  return [displayName, told, gender, [...interests]];
}
