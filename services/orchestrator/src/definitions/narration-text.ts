import type { ExampleSet } from './types.ts';

/** What is read aloud: the term, its definition and, when there is one, the explanation. Two sentences or more. */
export function narrationText(term: string, definition: string, explanation: string): string {
  const parts = [capital(sentence(term)), capital(sentence(definition)), explanation.trim()];
  return parts.filter((part) => part !== '').join(' ');
}

/** The explanation among the examples; empty when the kind is missing or came to nothing. */
export function explanationOf(sets: readonly ExampleSet[]): string {
  const set = sets.find(({ kind }) => kind === 'EXPLANATION');
  return set?.items.map((item) => item.text).join(' ') ?? '';
}

const sentence = (text: string): string => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
