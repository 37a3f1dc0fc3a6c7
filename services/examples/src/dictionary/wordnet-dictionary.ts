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

  constructor(files: DictionaryFiles) {
    this.#files = files;
  }

  lookup(lemma: string, pos: PartOfSpeech): readonly SynsetId[] {
    if (lemma === '') return [];
    const line = linesWith(this.#files.index[pos], `${key(lemma)} `)[0];
    return line === undefined ? [] : offsets(line).map((offset) => `${POS_LETTER[pos]}${offset}`);
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
    const types: Record<string, string> = { n: '1', v: '2', a: '[35]', r: '4' };
    const wanted = new RegExp(`%${types[id[0] ?? ''] ?? '0'}:.* ${id.slice(1)} \\d+ (\\d+)$`);
    for (const line of linesWith(this.#files.senses, `${key(lemma)}%`)) {
      const count = wanted.exec(line)?.[1];
      if (count !== undefined) return Number(count);
    }
    return 0;
  }
}
