import { nearLemmas, baseForms, readTerm } from '../dictionary/index.ts';
import type { Dictionary, PartOfSpeech, Synset } from '../dictionary/index.ts';
import { termInvalid, termUnknown } from '../examples/index.ts';
import { readGloss } from '../wording/index.ts';
import { usages } from './taxonomy.ts';

/** One meaning a term can have. */
export interface FoundSense {
  readonly synset: Synset;
  /** The base form as the dictionary spells it: `mouse` for `mice`, `China` for `china` of the country. */
  readonly lemma: string;
  readonly pos: PartOfSpeech;
  /** The term is the base form itself. */
  readonly exact: boolean;
  /** Met so often in the tagged texts. */
  readonly tags: number;
  /** 0 for the most frequent meaning of the lemma and part of speech. */
  readonly rank: number;
  /** The capital of the term and that of the lemma do not agree. */
  readonly otherCase: boolean;
  /** Labels such as `slang`, `offensive`, `ethnic slur`. */
  readonly usage: readonly string[];
}

/** Labels of meanings nobody should meet first. */
export const RUDE = /offensive|slur|disparag|vulgar|obscen|derogatory|slang|taboo|pejorative|insult|insulting|epithet/i;

/** Labels a meaning carries: those in front of the gloss, in its parentheses, and its usage links. */
export function usageLabels(dictionary: Dictionary, synset: Synset): string[] {
  const gloss = readGloss(synset.gloss);
  const inside = [...(gloss.segments[0] ?? '').matchAll(/\(([^()]*)\)/g)].map((match) => match[1] ?? '');
  const linked = usages(dictionary, synset).map(({ words }) => words[0] ?? '');
  const plain =
    /\b(?:offensive|disparaging|derogatory|vulgar|obscene|insulting)\b[^;]*\b(?:term|name|word|for|terms)\b/i.exec(
      gloss.segments.join('; '),
    )?.[0];
  const named = [...gloss.labels, ...inside, ...linked].filter(
    (label) => RUDE.test(label) || /informal|archaic|dialect|formal|figurative|trademark|euphemism/i.test(label),
  );
  return [...new Set([...named, ...(plain === undefined ? [] : ['offensive'])])];
}

const spelledAs = (synset: Synset, lemma: string): string =>
  synset.words.find((word) => word.toLowerCase() === lemma) ?? lemma;

/** Every meaning of the first spelling the dictionary knows. Throws TERM_INVALID or TERM_UNKNOWN. */
export function findSenses(dictionary: Dictionary, raw: string): FoundSense[] {
  const term = readTerm(raw);
  if (term.spellings.length === 0) throw termInvalid(raw);
  for (const spelling of term.spellings) {
    const forms = baseForms(spelling, dictionary);
    if (forms.length === 0) continue;
    const allowed = forms.filter(({ pos }) => term.only === undefined || pos === term.only);
    return (allowed.length > 0 ? allowed : forms).flatMap(({ lemma, pos, exact }) =>
      dictionary.lookup(lemma, pos).flatMap((id, rank) => {
        const synset = dictionary.synset(id);
        if (!synset) return [];
        const spelled = spelledAs(synset, lemma);
        return {
          synset,
          lemma: spelled,
          pos,
          exact,
          tags: dictionary.tagCount(lemma, id),
          rank,
          otherCase: /^\p{Lu}/u.test(spelled) !== term.capital,
          usage: usageLabels(dictionary, synset),
        };
      }),
    );
  }
  throw termUnknown(raw, nearLemmas(term.spellings[0] ?? '', dictionary, 3));
}
