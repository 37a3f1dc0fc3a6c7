export type PartOfSpeech = 'noun' | 'verb' | 'adjective' | 'adverb';

/** In the order WordNet lists them. */
export const PARTS_OF_SPEECH: readonly PartOfSpeech[] = ['noun', 'verb', 'adjective', 'adverb'];

/** `<letter><offset>`, such as `n09434308`: the letter is n, v, a or r, the offset has eight digits. */
export type SynsetId = string;

/** The letter of each part of speech in a synset id. */
export const POS_LETTER: Readonly<Record<PartOfSpeech, string>> = {
  noun: 'n',
  verb: 'v',
  adjective: 'a',
  adverb: 'r',
};

export interface Pointer {
  /** WordNet's own symbol: `@` hypernym, `~` hyponym, `!` antonym, `&` similar, `%p` part … */
  readonly symbol: string;
  readonly target: SynsetId;
  /** Word number the pointer starts from, counted from 1; 0 means the whole synset. */
  readonly from: number;
  /** Word number in the target; 0 means the whole synset. */
  readonly to: number;
}

/** One meaning and the words that share it. */
export interface Synset {
  readonly id: SynsetId;
  readonly pos: PartOfSpeech;
  /** Lexicographer file without its part of speech, such as `substance`. */
  readonly category: string;
  /** An adjective that leans on a head adjective. */
  readonly satellite: boolean;
  /** Spelled with blanks and with their own capitals. */
  readonly words: readonly string[];
  readonly pointers: readonly Pointer[];
  /** As the source has it: definition, then quoted examples. */
  readonly gloss: string;
}

/** What the lexicon needs of a dictionary. Everything is in memory: no call waits. */
export interface Dictionary {
  /** Meanings of a base form, most frequent first; empty when there are none. Case and blanks do not matter. */
  lookup(lemma: string, pos: PartOfSpeech): readonly SynsetId[];
  /** Undefined when no synset starts at that place. */
  synset(id: SynsetId): Synset | undefined;
  /** How often the word was met in this meaning in the tagged texts. */
  tagCount(lemma: string, id: SynsetId): number;
}

/** The files of the database, whole and unparsed. */
export interface DictionaryFiles {
  readonly index: Readonly<Record<PartOfSpeech, Buffer>>;
  readonly data: Readonly<Record<PartOfSpeech, Buffer>>;
  readonly senses: Buffer;
}
