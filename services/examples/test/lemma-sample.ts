/** Lemmas drawn by part of speech. */
export interface LemmaSample {
  readonly noun: readonly string[];
  readonly verb: readonly string[];
  readonly adjective: readonly string[];
}

export const SAMPLE_SIZES = { noun: 500, verb: 200, adjective: 200 } as const;
export const SAMPLE_SEED = 20_260_101;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function draw(lemmas: readonly string[], count: number, random: () => number): string[] {
  const left = [...lemmas];
  return Array.from({ length: Math.min(count, left.length) }, () => {
    const [lemma = ''] = left.splice(Math.floor(random() * left.length), 1);
    return lemma;
  });
}

/**
 * The single lower-case words of an index file whose first meaning spells them so (no names), in the order of the file.
 * `index` and `data` are the texts of `index.<pos>` and `data.<pos>` of WordNet.
 */
export function lemmasOf(index: string, data: string): string[] {
  return index.split('\n').flatMap((line) => {
    const lemma = /^[a-z]+(?= )/.exec(line)?.[0];
    if (lemma === undefined) return [];
    const fields = line.trim().split(' ');
    const first = Number(fields.at(-Number(fields[2])));
    return data.slice(first, data.indexOf(' | ', first)).split(' ').includes(lemma) ? [lemma] : [];
  });
}

/** 500 nouns, 200 verbs and 200 adjectives: the same for the same lemmas and seed. */
export function lemmaSample(lemmas: LemmaSample, seed: number = SAMPLE_SEED): LemmaSample {
  return {
    noun: draw(lemmas.noun, SAMPLE_SIZES.noun, seeded(seed)),
    verb: draw(lemmas.verb, SAMPLE_SIZES.verb, seeded(seed + 1)),
    adjective: draw(lemmas.adjective, SAMPLE_SIZES.adjective, seeded(seed + 2)),
  };
}
