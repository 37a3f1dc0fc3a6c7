import type { Dictionary, Synset, SynsetId } from '../dictionary/index.ts';

/** Deep enough for every path of WordNet; a guard against a cycle in the data. */
const MAX_DEPTH = 25;

export const linked = (dictionary: Dictionary, synset: Synset, symbols: readonly string[]): Synset[] =>
  synset.pointers
    .filter(({ symbol }) => symbols.includes(symbol))
    .map(({ target }) => dictionary.synset(target))
    .filter((target) => target !== undefined);

const distinct = (synsets: readonly Synset[]): Synset[] => [...new Map(synsets.map((one) => [one.id, one])).values()];

/** The meanings directly above. */
export const broader = (dictionary: Dictionary, synset: Synset): Synset[] =>
  distinct(linked(dictionary, synset, ['@', '@i']));

/** Kinds of it and individual instances, directly below. */
export const narrower = (dictionary: Dictionary, synset: Synset): Synset[] =>
  distinct(linked(dictionary, synset, ['~', '~i']));

/** Its members, parts and substances. */
export const parts = (dictionary: Dictionary, synset: Synset): Synset[] =>
  distinct(linked(dictionary, synset, ['%p', '%m', '%s']));

/** The fields it belongs to, such as physics. */
export const topics = (dictionary: Dictionary, synset: Synset): Synset[] =>
  distinct(linked(dictionary, synset, [';c']));

/** How it is used, such as slang or an ethnic slur. */
export const usages = (dictionary: Dictionary, synset: Synset): Synset[] =>
  distinct(linked(dictionary, synset, [';u']));

export const isInstance = (synset: Synset): boolean => synset.pointers.some(({ symbol }) => symbol === '@i');

/** Everything above, nearest first. */
export function ancestors(dictionary: Dictionary, synset: Synset): Synset[] {
  const found = new Map<SynsetId, Synset>();
  let level = broader(dictionary, synset);
  for (let depth = 0; level.length > 0 && depth < MAX_DEPTH; depth++) {
    const fresh = level.filter(({ id }) => !found.has(id));
    for (const one of fresh) found.set(one.id, one);
    level = fresh.flatMap((one) => broader(dictionary, one));
  }
  return [...found.values()];
}

/** What falls under the same parent beside it, neither above nor below it. */
export function siblings(dictionary: Dictionary, synset: Synset): Synset[] {
  const excluded = new Set([synset.id, ...ancestors(dictionary, synset).map(({ id }) => id)]);
  for (const { id } of narrower(dictionary, synset)) excluded.add(id);
  return distinct(broader(dictionary, synset).flatMap((parent) => narrower(dictionary, parent))).filter(
    ({ id }) => !excluded.has(id),
  );
}
