/** Phrases by their first word. */
export type PhraseBook = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Phrases parted by commas: `for example, for instance`. */
export function phraseBook(phrases: string): PhraseBook {
  const book = new Map<string, string[][]>();
  for (const phrase of phrases.split(',')) {
    const words = phrase.trim().split(/\s+/);
    const first = words[0] ?? '';
    book.set(first, [...(book.get(first) ?? []), words]);
  }
  return book;
}

/** A phrase and the place of its first word. */
export interface FoundPhrase {
  readonly phrase: string;
  readonly at: number;
}

const standsAt = (words: readonly string[], at: number, phrase: readonly string[]): boolean =>
  phrase.every((word, i) => words[at + i] === word);

/** Every place where a phrase of the book stands in the words. */
export function findPhrases(words: readonly string[], book: PhraseBook): FoundPhrase[] {
  return words.flatMap((word, at) => {
    const phrase = book.get(word)?.find((candidate) => standsAt(words, at, candidate));
    return phrase ? [{ phrase: phrase.join(' '), at }] : [];
  });
}
