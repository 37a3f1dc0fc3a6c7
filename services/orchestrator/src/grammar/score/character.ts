import type { Gender } from '../brief.ts';
import { percent, scored, when, type PartScore, type Reading } from './part.ts';

const SHE = /\b(?:she|her|hers|herself)\b/gi;
const HE = /\b(?:he|him|his|himself)\b/gi;
const HE_OR_SHE = /\b(?:he|him|his|himself|she|her|hers|herself)\b/gi;
const THEY = /\b(?:they|them|their|theirs|themself|themselves)\b/gi;
/** Others may be he or she; when there are more of them than of the hero's own, it is the hero who is meant. */
const PRONOUNS: Readonly<Record<Gender, { readonly own: RegExp; readonly foreign: RegExp }>> = {
  female: { own: SHE, foreign: HE },
  male: { own: HE, foreign: SHE },
  other: { own: THEY, foreign: HE_OR_SHE },
};
const times = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
const STRETCH = 5;
/** Of stretches in which the name occurs. */
const ENOUGH_STRETCHES = 0.6;

function stretches(paragraphs: readonly string[]): string[] {
  const found: string[] = [];
  for (let from = 0; from < paragraphs.length; from += STRETCH)
    found.push(paragraphs.slice(from, from + STRETCH).join('\n'));
  return found;
}

/** `a pony` and its `ponies` are the same love. */
const stemOf = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/^(?:an?|my|our) /, '')
    .replace(/y$/, '');

export function scoreCharacter({ brief, draft, text, name }: Reading): PartScore {
  const parts = stretches(draft.paragraphs);
  const named = parts.filter((part) => name !== '' && part.includes(name)).length / Math.max(1, parts.length);
  const gender = (brief.kind === 'hero' ? brief.hero : brief.child)?.gender ?? 'other';
  const { own, foreign } = PRONOUNS[gender];
  const lower = text.toLowerCase();
  const loved = [
    ...(brief.kind === 'hero' ? [] : (brief.child?.interests ?? [])),
    ...(brief.kind === 'child' ? [] : [...(brief.hero?.strengths ?? []), ...(brief.hero?.interests ?? [])]),
  ].filter((word) => word.trim() !== '');
  const used = loved.filter((word) => lower.includes(stemOf(word))).length;
  const partner = brief.kind === 'combined' ? brief.hero?.name.trim() : undefined;
  return scored({ name: 'character', weight: 0.15 }, [
    when(named === 0, 9, `${name || 'the one it is about'} does not occur`),
    when(named > 0 && named < ENOUGH_STRETCHES, 4, `${name} occurs in ${percent(named)} of the story only`),
    when(times(text, foreign) > times(text, own), 4, 'the pronouns are those of somebody else'),
    when(loved.length > 0 && used === 0, 4, `none of what ${name} loves or can do plays a part`),
    when(partner !== undefined && !text.includes(partner), 4, `${partner} does not occur`),
  ]);
}
