import { parseSynset } from './parse-synset.ts';
import { lineAt, linesWith } from './sorted-lines.ts';
import type { Dictionary, DictionaryFiles, PartOfSpeech, Synset, SynsetId } from './types.ts';
import { PARTS_OF_SPEECH, POS_LETTER } from './types.ts';

/** Parsed synsets kept; one is about 1 kB. */
const MAX_CACHED = 8_000;

const key = (lemma: string): string => lemma.toLowerCase().replaceAll(' ', '_');

const posOf = (id: SynsetId): PartOfSpeech | undefined => PARTS_OF_SPEECH.find((pos) => POS_LETTER[pos] === id[0]);

/** Offsets of an index line: lemma pos synset_cnt p_cnt symbols… sense_cnt tagsense_cnt offsets… (wndb(5)). */
function offsets(line: string): string[] {
  const fields = line.trim().split(' ');
  return fields.slice(-Number(fields[2]));
}

/** A dictionary over the files as they are: words are found by binary search, synsets parsed when asked for. */
export class WordnetDictionary implements Dictionary {
  readonly #files: DictionaryFiles;
  readonly #cache = new Map<SynsetId, Synset>();
  readonly #tags = new Map<string, Map<SynsetId, number>>();
  readonly #found = new Map<string, readonly SynsetId[]>();

  constructor(files: DictionaryFiles) {
    this.#files = files;
  }

  lookup(lemma: string, pos: PartOfSpeech): readonly SynsetId[] {
    if (lemma === '') return [];
    const wanted = `${key(lemma)} `;
    const known = this.#found.get(pos + wanted);
    if (known) return known;
    const line = linesWith(this.#files.index[pos], wanted)[0];
    const ids = line === undefined ? [] : offsets(line).map((offset) => `${POS_LETTER[pos]}${offset}`);
    if (this.#found.size >= MAX_CACHED) this.#found.clear();
    this.#found.set(pos + wanted, ids);
    return ids;
  }

  synset(id: SynsetId): Synset | undefined {
    const known = this.#cache.get(id);
    if (known) return known;
    const pos = posOf(id);
    if (pos === undefined || !/^.\d{8}$/.test(id)) return undefined;
    const line = lineAt(this.#files.data[pos], Number(id.slice(1)));
    // A line starts with its own offset: anything else is the middle of a record.
    if (!line.startsWith(`${id.slice(1)} `)) return undefined;
    if (this.#cache.size >= MAX_CACHED) this.#cache.clear();
    const synset = parseSynset(line, pos);
    this.#cache.set(id, synset);
    return synset;
  }

  tagCount(lemma: string, id: SynsetId): number {
    const word = key(lemma);
    let counts = this.#tags.get(word);
    if (!counts) {
      counts = readTagCounts(linesWith(this.#files.senses, `${word}%`));
      if (this.#tags.size >= MAX_CACHED) this.#tags.clear();
      this.#tags.set(word, counts);
    }
    return counts.get(id) ?? 0;
  }
}

/** Part of speech by the number in a sense key; 5 is an adjective that leans on another (senseidx(5)). */
const KEY_LETTER: Readonly<Record<string, string>> = { '1': 'n', '2': 'v', '3': 'a', '4': 'r', '5': 'a' };

/** Sense lines: `lemma%type:… offset number count`. */
function readTagCounts(lines: readonly string[]): Map<SynsetId, number> {
  const counts = new Map<SynsetId, number>();
  for (const line of lines) {
    const [sense = '', offset = '', , count = '0'] = line.trim().split(' ');
    const letter = KEY_LETTER[sense.charAt(sense.indexOf('%') + 1)] ?? '';
    counts.set(`${letter}${offset}`, Number(count));
  }
  return counts;
}
