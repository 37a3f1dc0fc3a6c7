import type { Dictionary, Synset } from '../dictionary/index.ts';
import { listed, readGloss, withIndefinite, withoutParentheses } from '../wording/index.ts';
import { definitionFaults, faultWeight } from './definition-faults.ts';
import type { DefinitionSubject } from './definition-faults.ts';
import type { FoundSense } from './find-senses.ts';
import { mentions, phrases } from './meaning.ts';
import { neighbours } from './neighbours.ts';
import { nameNoun } from './nouns.ts';
import { rephrasings } from './rephrase.ts';
import { broader, linked } from './taxonomy.ts';

/** `the act of running` + `traveling on foot` → `the act of traveling on foot`. */
function joinedAct(first: string, second: string): string | undefined {
  const act = /^((?:the|an?) (?:act|action|activity|process|practice|sport|state|condition|quality|art) of) /.exec(
    first,
  )?.[1];
  return act !== undefined && /^\w+ing\b/.test(second) ? `${act} ${second}` : undefined;
}

const CONTRAST = /^(?:larger|smaller|greater|less|longer|shorter|as opposed to|in contrast to|unlike) /;

/** `stream of water (larger than a creek)` → `stream of water, larger than a creek`: a parenthesis that is the difference. */
function withContrast(first: string, gloss: string): string | undefined {
  const aside = /^[^;"]*\(([^();]+)\)\s*(?:;|$)/.exec(gloss)?.[1];
  if (aside === undefined || first === '') return undefined;
  // Two or three words alone say too little: `sloping land`.
  const needed =
    first.split(' ').length < 4 && /^(?:especially|usually|with|used|of|for|in|on|at|by|from|as)\b/.test(aside);
  return needed || CONTRAST.test(aside) ? `${first}, ${aside}` : undefined;
}

const genusOf = (dictionary: Dictionary, synset: Synset, lemma: string): Synset | undefined =>
  broader(dictionary, synset).find(({ words }) => !mentions(words[0] ?? '', lemma));

/** A definition by what stands above and beside, for glosses that only repeat the word. */
function byNeighbours(dictionary: Dictionary, found: FoundSense): string[] {
  const { synset, lemma } = found;
  const genus = genusOf(dictionary, synset, lemma)?.words[0];
  if (genus === undefined) return [];
  const beside = neighbours(dictionary, found)
    .map(({ words }) => words[0] ?? '')
    .filter((word) => word !== '' && !mentions(word, lemma))
    .slice(0, 2);
  const other = beside.length > 0 ? listed(beside.map((word) => (synset.pos === 'verb' ? `to ${word}` : word))) : '';
  if (synset.pos === 'verb') return [`${genus} in a way of its own${other === '' ? '' : `, other than ${other}`}`];
  // A name with an ordinary noun behind it takes an article too: `a Georgian monetary unit`.
  const isName = /^\p{Lu}/u.test(genus) && !/ \p{Ll}/u.test(genus);
  const opening = isName ? genus : withIndefinite(genus);
  return [`${opening}${other === '' ? ' of its own kind' : `, as distinct from ${other}`}`];
}

/** What can be said, best first. Nothing is made up: where the gloss is of no use, the neighbours define. */
function candidates(dictionary: Dictionary, found: FoundSense): string[] {
  const { synset, lemma } = found;
  const own = phrases(dictionary, synset);
  const joined = joinedAct(own[0] ?? '', withoutParentheses(readGloss(synset.gloss).segments[1] ?? ''));
  const contrast = withContrast(own[0] ?? '', synset.gloss);
  const usable = [
    ...(contrast === undefined ? [] : [contrast]),
    ...(joined === undefined ? [] : [joined]),
    ...own,
  ].filter((text) => !mentions(text, lemma));
  const spoken = own.filter((text) => mentions(text, lemma)).flatMap((text) => withSynonym(synset, lemma, text));
  return [...usable, ...spoken, ...byNeighbours(dictionary, found), ...own];
}

/** The word exchanged for one of the same meaning, where the gloss cannot do without it. */
function withSynonym(synset: Synset, lemma: string, text: string): string[] {
  if (synset.pos !== 'noun') return [];
  const synonym = synset.words.find((word) => word.toLowerCase() !== lemma.toLowerCase() && !mentions(word, lemma));
  const exchanged =
    synonym === undefined ? text : text.replace(new RegExp(`\\b${lemma.replace(/[^\w -]/g, '.')}\\b`, 'gi'), synonym);
  return synonym === undefined || mentions(exchanged, lemma) ? [] : [exchanged];
}

const finished = (found: FoundSense, text: string): string =>
  `${found.pos === 'verb' ? 'to ' : ''}${text.trim().replace(/[\s,;:.]+$/, '')}`;

/** How much a later candidate must be better to be preferred to an earlier one. */
const ORDER_WEIGHT = 0.9;

const best = (texts: readonly string[], subject: DefinitionSubject): string | undefined =>
  texts
    .map((text, order) => ({ text, weight: faultWeight(text, subject) + order * ORDER_WEIGHT }))
    .reduce<{ text: string; weight: number } | undefined>((a, b) => (a && a.weight <= b.weight ? a : b), undefined)
    ?.text;

/** Words of the same root: what is defined by them is hardly told. A doer may be told by the deed. */
const DERIVED = /^(?<root>\w{4,})(?:dom|ness|ship|hood|ity|ism|ment|ance|ence)$/;

function kinOf(dictionary: Dictionary, { synset, pos, lemma }: FoundSense): string[] {
  if (pos !== 'noun' || synset.category === 'person') return [];
  const root = DERIVED.exec(lemma)?.groups?.['root'];
  const linkedWords = linked(dictionary, synset, ['+'])
    .flatMap(({ words }) => words)
    .filter((word) => !word.includes(' ') && lemma.slice(0, 4) === word.slice(0, 4));
  return root === undefined ? linkedWords : [...linkedWords, root];
}

const subjectOf = (dictionary: Dictionary, found: FoundSense, context: readonly string[]): DefinitionSubject => ({
  lemma: found.lemma,
  context,
  kin: kinOf(dictionary, found),
});

/** Genus and difference in one sentence, without the word itself. */
export function defineSense(dictionary: Dictionary, found: FoundSense, context: readonly string[]): string {
  return finished(
    found,
    best(candidates(dictionary, found), subjectOf(dictionary, found, context)) ?? found.synset.gloss,
  );
}

/** Another construction than `refused`, aimed at the rules it broke. The same text when the source has no other. */
export function redefineSense(
  dictionary: Dictionary,
  found: FoundSense,
  context: readonly string[],
  refused: string,
): string {
  const subject = subjectOf(dictionary, found, context);
  const same = (text: string): boolean => finished(found, text).toLowerCase() === refused.trim().toLowerCase();
  const first = candidates(dictionary, found);
  const genus = genusOf(dictionary, found.synset, found.lemma);
  const kind = genus && found.pos === 'noun' ? nameNoun(dictionary, genus, genus.words[0] ?? '').text : genus?.words[0];
  const own = first.filter((text) => !definitionFaults(text, subject).has('genus-and-difference'));
  const texts = [...own.flatMap((text) => rephrasings(dictionary, text, found.pos, kind)), ...first].filter(
    (text) => !same(text),
  );
  const weighed = texts.map((text, order) => ({ text, weight: faultWeight(text, subject) + order * 0.05 }));
  const lightest = weighed.reduce<{ text: string; weight: number } | undefined>(
    (a, b) => (a && a.weight <= b.weight ? a : b),
    undefined,
  );
  return lightest === undefined ? finished(found, first[0] ?? found.synset.gloss) : finished(found, lightest.text);
}
