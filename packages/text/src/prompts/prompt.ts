import type { Message } from '../text-generator.ts';

/** Characters nobody sees and models read: format characters and controls, which JSON lets stand. */
const UNSEEN = /[\p{Cf}\p{Cc}\u2028\u2029]/gu;

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');

/**
 * A prompt whose instructions are fixed when it is defined: `system` is a constant, and no data can become part of it. What
 * users wrote is sent as one JSON object behind it, in which a string cannot end before its closing quote.
 */
export function definePrompt<T extends object>(system: string): (data: T) => readonly Message[] {
  const instructions: Message = Object.freeze({ role: 'system', content: system });
  return (data) => [instructions, { role: 'user', content: JSON.stringify(data).replace(UNSEEN, escaped) }];
}
