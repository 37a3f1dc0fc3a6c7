import { parseSynset } from '../src/dictionary/parse-synset.ts';
import type { Dictionary, PartOfSpeech, Synset, SynsetId } from '../src/dictionary/index.ts';

/** A handful of meanings, written as in the data files: enough for every kind. */
const NOUNS = `
00000001 03 n 01 stream 0 002 ~ 00000002 n 0000 ~ 00000003 n 0000 | a natural body of running water flowing on or under the earth
00000002 17 n 01 river 0 004 @ 00000001 n 0000 ~i 00000005 n 0000 ~ 00000006 n 0000 %p 00000007 n 0000 | a large natural stream of water (larger than a creek); "the river was navigable for 50 miles"
00000003 17 n 02 brook 0 creek 0 001 @ 00000001 n 0000 | a natural stream of water smaller than a river
00000005 17 n 02 Nile 0 Nile_River 0 001 @i 00000002 n 0000 | the world's longest river (4150 miles)
00000006 17 n 01 tidal_river 0 001 @ 00000002 n 0000 | river in which the effects of tides are felt
00000007 17 n 01 estuary 0 001 #p 00000002 n 0000 | the wide part of a river where it nears the sea
00000010 14 n 02 bank 0 depository_financial_institution 0 000 | a financial institution that accepts deposits and channels the money into lending activities; "he cashed a check at the bank"
00000011 17 n 01 bank 0 000 | sloping land (especially the slope beside a body of water); "they pulled the canoe up on the bank"
00000012 18 n 01 dork 0 000 | (slang) a person regarded as foolish
00000013 06 n 01 dork 0 000 | a small wooden peg
00000014 15 n 01 China 0 000 | a communist nation in Asia
00000015 06 n 01 china 0 000 | fine porcelain
00000016 05 n 01 mouse 0 000 | any of numerous small rodents typically resembling diminutive rats
`;
const VERBS = `
00000001 38 v 01 travel 0 002 ~ 00000002 v 0000 ~ 00000003 v 0000 00 | change location
00000002 38 v 02 run 0 leg_it 0 002 @ 00000001 v 0000 ~ 00000004 v 0000 00 | move fast by using one's feet; "Don't run--you'll be out of breath"; "The children ran to the store"
00000003 38 v 01 walk 0 001 @ 00000001 v 0000 00 | use one's feet to advance; "Walk, don't run!"
00000004 38 v 01 sprint 0 001 @ 00000002 v 0000 00 | run very fast, usually for a short distance
`;
const ADJECTIVES = `
00000001 00 a 01 fast 0 003 ! 00000002 a 0101 & 00000003 s 0000 & 00000004 s 0000 | acting or moving quickly; "fast film"; "a fast car"
00000002 00 a 01 slow 0 001 ! 00000001 a 0101 | not moving quickly; "a slow walker"
00000003 00 s 02 fleet 0 swift 0 001 & 00000001 a 0000 | moving very fast; "fleet of foot"; "a swift current"
00000004 00 s 01 windy 0 001 & 00000001 a 0000 | resembling the wind in speed
00000005 00 a 01 good 0 000 | having desirable or positive qualities
`;

interface Miniature extends Dictionary {
  readonly all: readonly Synset[];
}

const read = (text: string, pos: PartOfSpeech): Synset[] =>
  text
    .trim()
    .split('\n')
    .map((line) => parseSynset(line, pos));

/** How often a word was met in a meaning. */
const TAGS: Readonly<Record<string, number>> = { 'bank n00000011': 25, 'bank n00000010': 20, 'dork n00000012': 9 };

export function miniature(): Miniature {
  const all = [...read(NOUNS, 'noun'), ...read(VERBS, 'verb'), ...read(ADJECTIVES, 'adjective')];
  const byId = new Map<SynsetId, Synset>(all.map((synset) => [synset.id, synset]));
  return {
    all,
    lookup: (lemma, pos) =>
      all
        .filter(
          (synset) => synset.pos === pos && synset.words.some((word) => word.toLowerCase() === lemma.toLowerCase()),
        )
        .map(({ id }) => id),
    synset: (id) => byId.get(id),
    tagCount: (lemma, id) => TAGS[`${lemma.toLowerCase()} ${id}`] ?? 0,
  };
}
