/** What a definition is written for. */
export interface DefinitionSubject {
  readonly term: string;
  /** The form dictionaries list; absent when it is not known. */
  readonly lemma?: string;
  /** noun, verb, adjective or adverb; absent when it is not known. */
  readonly partOfSpeech?: string;
  readonly context: {
    readonly organisational: readonly string[];
    readonly juridical: readonly string[];
    readonly legalBasis: readonly string[];
  };
  /** BCP 47; empty means English. */
  readonly language: string;
}

export interface Verdict {
  /** 0 (broken) to 1 (satisfied). */
  readonly score: number;
  /** Continues "The definition …": what is wrong and how to mend it. Empty when the score is 1. */
  readonly message: string;
}

export type Family = 'language' | 'structure' | 'content' | 'coherence';

/** A pure check of a text. It takes time linear in the length of the text. */
export interface Rule {
  readonly name: string;
  readonly family: Family;
  readonly weight: number;
  /** A score below one half alone refuses the definition. */
  readonly critical: boolean;
  /** The languages it knows; absent when it reads any. */
  readonly languages?: readonly ['en'];
  check(text: string, subject: DefinitionSubject): Verdict;
}

export type PartOfSpeech = 'noun' | 'verb' | 'adjective' | 'adverb';

const PARTS: readonly PartOfSpeech[] = ['noun', 'verb', 'adjective', 'adverb'];

/** Also reads finer names, such as "adjective satellite". */
export function partOf(subject: DefinitionSubject): PartOfSpeech | undefined {
  const named = subject.partOfSpeech?.toLowerCase() ?? '';
  return PARTS.find((part) => named.startsWith(part));
}
