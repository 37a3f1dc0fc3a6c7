import type { PartOfSpeech, Pointer, Synset, SynsetId } from './types.ts';
import { POS_LETTER } from './types.ts';

/** Lexicographer files by number, without the part of speech (WordNet, lexnames(5)). */
const CATEGORIES =
  'all,pertainym,all,tops,act,animal,artifact,attribute,body,cognition,communication,event,feeling,food,group,location,motive,object,person,phenomenon,plant,possession,process,quantity,relation,shape,state,substance,time,body,change,cognition,communication,competition,consumption,contact,creation,emotion,motion,perception,possession,social,stative,weather,participle'.split(
    ',',
  );

const LETTER_OF: Readonly<Record<string, string>> = { n: 'n', v: 'v', a: 'a', s: 'a', r: 'r' };

export const synsetId = (letter: string, offset: string): SynsetId => `${LETTER_OF[letter] ?? letter}${offset}`;

/** Blanks for underscores; the syntactic marker of an adjective, such as `(p)`, is dropped. */
const spell = (word: string): string => word.replace(/\((?:p|a|ip)\)$/, '').replaceAll('_', ' ');

function parsePointer(fields: readonly string[], at: number): Pointer {
  const [symbol = '', offset = '', letter = '', ends = '0000'] = fields.slice(at, at + 4);
  return {
    symbol,
    target: synsetId(letter, offset),
    from: Number.parseInt(ends.slice(0, 2), 16),
    to: Number.parseInt(ends.slice(2), 16),
  };
}

/** Reads one line of a data file (WordNet, wndb(5)). */
export function parseSynset(line: string, pos: PartOfSpeech): Synset {
  const bar = line.indexOf(' | ');
  const fields = line.slice(0, bar).split(' ');
  const wordCount = Number.parseInt(fields[3] ?? '0', 16);
  const words = Array.from({ length: wordCount }, (_, i) => spell(fields[4 + 2 * i] ?? ''));
  const pointersAt = 4 + 2 * wordCount;
  const pointerCount = Number(fields[pointersAt] ?? '0');
  return {
    id: `${POS_LETTER[pos]}${fields[0] ?? ''}`,
    pos,
    category: CATEGORIES[Number(fields[1])] ?? 'all',
    satellite: fields[2] === 's',
    words,
    pointers: Array.from({ length: pointerCount }, (_, i) => parsePointer(fields, pointersAt + 1 + 4 * i)),
    gloss: line.slice(bar + 3).trim(),
  };
}
