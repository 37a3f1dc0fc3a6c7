/** Capital at the start; the rest is left as it is. */
export const capitalised = (text: string): string =>
  text.replace(/^(["'“‘(]*)(\p{Ll})/u, (_, quotes: string, first: string) => quotes + first.toUpperCase());

/** A capital, and a stop unless the text already ends like a sentence. */
export function asSentence(text: string): string {
  const trimmed = text.trim().replace(/[\s,;:]+$/, '');
  return capitalised(/[.!?…]["'”’)]?$/.test(trimmed) ? trimmed : `${trimmed}.`);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} ${conjunction} ${parts.at(-1) ?? ''}`;
}

/** Words of a text, lower case, without punctuation. */
export const wordsOf = (text: string): string[] =>
  text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];

/** Whether every bracket and double quote of the text is closed. */
export const balanced = (text: string): boolean =>
  (text.split('"').length - 1) % 2 === 0 && text.split('(').length === text.split(')').length;

/** A word spoken of, not used: in curved quotation marks. */
export const quoted = (text: string): string => `“${text}”`;
