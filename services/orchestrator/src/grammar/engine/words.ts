/** Words as a reader counts them: dashes standing alone are none. */
export const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));

export const countWords = (text: string): number => wordsOf(text).length;

/** Sentences as they are read: up to a full stop, question or exclamation mark and the quotes after it. */
export function sentencesOf(text: string): string[] {
  const parts = text.split(/(?<=[.!?…][”’)]*)\s+(?=[“‘(]?[^\p{Ll}\s])/u);
  return parts.map((part) => part.trim()).filter((part) => countWords(part) > 0);
}

const SMALL_WORDS = new Set(['a', 'an', 'and', 'at', 'by', 'for', 'in', 'of', 'on', 'or', 'the', 'to', 'with']);

export const capitalised = (text: string): string => {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length);
};

export const titleCased = (text: string): string =>
  text
    .split(' ')
    .map((word, index) => (index > 0 && SMALL_WORDS.has(word) ? word : capitalised(word)))
    .join(' ');

export const withArticle = (noun: string): string => (/^[aeiou]/i.test(noun) ? `an ${noun}` : `a ${noun}`);

export const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
