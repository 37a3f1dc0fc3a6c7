import type { Dictionary } from '../dictionary/index.ts';
import type { Sense, SenseChoice, TermRequest } from '../examples/index.ts';
import { senseUnknown } from '../examples/index.ts';
import { capitalised, listed, quoted, readGloss } from '../wording/index.ts';
import { contextWords, signature } from './context-words.ts';
import type { ContextWords } from './context-words.ts';
import type { FoundSense } from './find-senses.ts';
import { RUDE } from './find-senses.ts';
import { sourceOf } from './meaning.ts';
import { topics } from './taxonomy.ts';

const MAX_OTHERS = 20;

/** Names for the lexicographer files that say little. */
const CATEGORY_NAMES: Readonly<Record<string, string>> = {
  tops: 'general',
  pertainym: 'relation',
  participle: 'condition',
};

/** Labels in front of a gloss that name a manner of use and no field. */
const NO_FIELD = /informal|plural|slang|archaic|formal|trademark|figurative|slur|dialect|combination|ethnic/;

/** The field a meaning belongs to: its topic or label where it has one, its lexicographer category otherwise. */
export function categoryOf(dictionary: Dictionary, { synset, pos }: FoundSense): string {
  const isField = (label: string): boolean =>
    /^[a-z ]{3,40}$/.test(label) && !NO_FIELD.test(label) && dictionary.lookup(label, 'noun').length > 0;
  const topic = topics(dictionary, synset)[0]?.words[0] ?? readGloss(synset.gloss).labels.find(isField);
  if (topic !== undefined) return topic;
  if (synset.category === 'all') return pos === 'adverb' ? 'manner' : 'property';
  return CATEGORY_NAMES[synset.category] ?? synset.category;
}

export const toSense = (dictionary: Dictionary, found: FoundSense): Sense => ({
  source: sourceOf(found.synset),
  lemma: found.lemma,
  partOfSpeech: found.pos,
  category: categoryOf(dictionary, found).slice(0, 100),
  gloss: found.synset.gloss.replace(/[;:]?\s*"[^]*$/, '').trim() || found.synset.gloss,
});

/** How much the source has to say of a meaning, 0 to 1: its links and its sentences. Decides where nothing was tagged. */
const fullness = ({ synset }: FoundSense): number =>
  Math.min(1, synset.pointers.length / 10) * 0.6 + (synset.gloss.includes('"') ? 0.4 : 0);

/** One or two occurrences are chance: they count for less than a full description. */
const evidence = (tags: number): number => (tags <= 2 ? tags * 0.3 : tags);

/** A beast or plant called so before anything else, `whale`: what is named after it is met as rarely in the tagged texts. */
const isNamesake = ({ synset, lemma }: FoundSense, total: number): boolean =>
  total <= 2 && /^(?:animal|plant)$/.test(synset.category) && !/\bweed/.test(synset.gloss) && synset.words[0] === lemma;

/** Texts this few decide nothing between a deed and a thing. */
const FEW_TAGS = 20;
const THINGS = /^(?:animal|artifact|person|plant|food|body|object|feeling)$/;

/** `crane`, `bat`, `envy`: who looks such a word up means the bird or the beast, not what a neck or a player does. */
function isDeedOfThing(found: FoundSense, senses: readonly FoundSense[], total: number): boolean {
  const isThing = ({ pos, exact, otherCase, usage, synset }: FoundSense): boolean =>
    pos === 'noun' && exact && !otherCase && THINGS.test(synset.category) && !usage.some((label) => RUDE.test(label));
  return (found.pos === 'verb' || found.pos === 'adverb') && total <= FEW_TAGS && senses.some(isThing);
}

/**
 * How likely a meaning is without any context: its share of the tagged occurrences, the listed order where there are
 * none. A derived form counts for less than the form as written, a name for less than a common word.
 */
function prior(found: FoundSense, total: number, senses: readonly FoundSense[]): number {
  const share = (evidence(found.tags) + 0.4 / (1 + found.rank) + 1.2 * fullness(found)) / (total + 1);
  const rude = found.usage.some((label) => RUDE.test(label));
  return (
    (share + (isNamesake(found, total) ? 0.5 / (total + 1) : 0)) *
      (found.exact ? 1 : 0.25) *
      (isDeedOfThing(found, senses, total) ? 0.1 : 1) *
      (found.otherCase ? 0.25 : 1) -
    (rude ? 10 : 0)
  );
}

interface Fit {
  readonly score: number;
  /** Stems of the meaning that the context meets, strongest first. */
  readonly met: readonly string[];
  /** Words of the caller that met them. */
  readonly by: readonly string[];
}

/** A single faint echo of the context decides nothing. */
const MIN_EVIDENCE = 0.45;

/** A name written small is no name; a context is about things more than about doings. */
const suited = ({ otherCase, lemma, pos }: FoundSense): number =>
  (otherCase && /^\p{Lu}/u.test(lemma) ? 0.3 : 1) * (pos === 'noun' ? 1.2 : 1);

/** How well the words of the context meet those of a meaning. */
function fit(dictionary: Dictionary, found: FoundSense, words: ContextWords): Fit {
  const met: { stem: string; by: string; weight: number }[] = [];
  for (const [stem, weight] of signature(dictionary, found.synset)) {
    const word = words.get(stem);
    if (word !== undefined) met.push({ stem, by: word.said, weight: weight * word.weight });
  }
  met.sort((a, b) => b.weight - a.weight);
  return {
    score: met.reduce((sum, { weight }) => sum + weight, 0) * suited(found),
    met: met.map(({ stem }) => stem),
    by: [...new Set(met.map(({ by }) => by))],
  };
}

function frequency(count: number, total: number): string {
  if (count === total)
    return count === 1 ? 'the only occurrence' : count === 2 ? 'both occurrences' : `all ${count} occurrences`;
  return `${count} of ${total} occurrences`;
}

/** Why a more frequent meaning was not taken. */
function passedOver(chosen: FoundSense, top: FoundSense): string {
  if (chosen.exact && !top.exact) return `one of the form ${quoted(chosen.lemma)} itself`;
  if (top.otherCase && !chosen.otherCase) return `one that is spelled ${quoted(chosen.lemma)}`;
  if (chosen.pos === 'noun' && top.pos === 'verb') return 'one of a thing';
  return chosen.usage.length < top.usage.length
    ? 'one that is not slang'
    : 'one, and the one the source describes most fully';
}

function explain(chosen: FoundSense, senses: readonly FoundSense[], { met, by, score }: Fit): string {
  const count = senses.length;
  const total = senses.reduce((sum, { tags }) => sum + tags, 0);
  if (count === 1) return `${capitalised(quoted(chosen.lemma))} has only this sense.`;
  if (score >= MIN_EVIDENCE) {
    const words = met.slice(0, 3).map(quoted);
    return `Of ${count} senses this one fits the context best: ${listed(by.slice(0, 3).map(quoted))} ${by.length === 1 ? 'meets' : 'meet'} ${listed(words)} in it.`;
  }
  const top = senses.reduce((a, b) => (b.tags > a.tags ? b : a));
  const most = top.tags;
  if (chosen.tags < most) return `Of ${count} senses this is the most usual ${passedOver(chosen, top)}.`;
  if (chosen.tags > 0) {
    const others = senses.filter(({ tags }) => tags === most).length > 1;
    return `Of ${count} senses this one is ${others ? 'among those met' : 'met'} most often: in ${frequency(chosen.tags, total)} in the tagged texts of WordNet.`;
  }
  return `Of ${count} senses this is the one the source describes most fully; the context points to no other.`;
}

export interface ChosenSense extends SenseChoice {
  readonly found: FoundSense;
}

/** Picks one of the meanings found, says why, and names the others. Throws TERM_UNKNOWN when the pinned one is not there. */
export function chooseSense(dictionary: Dictionary, senses: readonly FoundSense[], request: TermRequest): ChosenSense {
  const total = senses.reduce((sum, { tags }) => sum + tags, 0);
  const words = contextWords(dictionary, request);
  const usual = [...senses].sort((a, b) => prior(b, total, senses) - prior(a, total, senses));
  const answer = (found: FoundSense, reason: string): ChosenSense => ({
    found,
    sense: toSense(dictionary, found),
    reason,
    others: usual
      .filter((other) => other !== found)
      .slice(0, MAX_OTHERS)
      .map((other) => toSense(dictionary, other)),
  });
  if (request.sense !== '') {
    const pinned = senses.find(({ synset }) => sourceOf(synset) === request.sense.trim());
    if (!pinned) throw senseUnknown(request.term, request.sense);
    return answer(pinned, 'The request named this sense.');
  }
  const empty: Fit = { score: 0, met: [], by: [] };
  const steered = words.size > 0;
  const scored = usual.map((found) => {
    const match = steered ? fit(dictionary, found, words) : empty;
    return { found, match, score: prior(found, total, senses) + (match.score < MIN_EVIDENCE ? 0 : match.score) };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return answer(best.found, explain(best.found, senses, best.match));
}
