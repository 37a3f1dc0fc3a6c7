import { DETERMINERS, PREPOSITIONS, RELATIVES, wordSet, wordsOf } from './reading/words.ts';
import { partOf, type PartOfSpeech, type Rule, type Verdict } from './rule.ts';
import { broken, quoted, SATISFIED } from './verdict.ts';

/** Begin a sentence about the term, never the definition of one. */
const SENTENCE_OPENERS = wordSet(`
  it is are was were they he she we i you there because if and or but refers means describes denotes concerns
  consists comprises contains includes`);
const HEDGES = wordSet(
  'usually often generally typically especially normally commonly mostly mainly sometimes perhaps',
);
const ARTICLES = wordSet('a an the any each every');
/** `the same …`, `the most …`, `a little …` say how, not what. */
const MEASURES = wordSet('same most least very little lot few bit great');

type Opening = readonly [first: string, second: string];

function noun([first]: Opening): Verdict {
  const say = 'name the genus first, such as "a … that …"';
  if (first === 'to') return broken(0, `opens like a verb with "to"; ${say}`);
  if (DETERMINERS.has(first)) return SATISFIED;
  if (RELATIVES.has(first)) return broken(0.2, `opens with ${quoted(first)}; ${say}`);
  if (PREPOSITIONS.has(first)) return broken(0.2, `opens with ${quoted(first)}; ${say}`);
  if (first === 'having' || first === 'being') return broken(0.4, `opens with ${quoted(first)}; ${say}`);
  if (first === 'not' || first === 'no') return broken(0.5, `opens with ${quoted(first)}; ${say}`);
  return HEDGES.has(first) ? broken(0.7, `opens with ${quoted(first)}; ${say}`) : SATISFIED;
}

function verb([first, second]: Opening): Verdict {
  const say = 'name the action first, as in "to move …"';
  if (first === 'to')
    return DETERMINERS.has(second) || second === '' ? broken(0.3, `has no verb after "to"; ${say}`) : SATISFIED;
  if (DETERMINERS.has(first) || RELATIVES.has(first) || PREPOSITIONS.has(first))
    return broken(0.2, `opens with ${quoted(first)}; ${say}`);
  if (first.length > 5 && first.endsWith('ing')) return broken(0.4, `opens with ${quoted(first)}; ${say}`);
  return first === 'not' && second === 'to' ? SATISFIED : broken(0.6, `leaves out "to"; ${say}`);
}

function adjective([first, second]: Opening): Verdict {
  const say = 'open with what it says of a noun, as in "having …", "being …", "of …" or "showing …"';
  if (ARTICLES.has(first) && !MEASURES.has(second))
    return broken(0.2, `opens like a noun with ${quoted(first)}; ${say}`);
  if (first === 'to') return broken(0.2, `opens like a verb with "to"; ${say}`);
  return RELATIVES.has(first) ? broken(0.6, `opens with ${quoted(first)}; ${say}`) : SATISFIED;
}

function adverb([first, second]: Opening): Verdict {
  const say = 'open with how, when or where, as in "in a … manner"';
  return ARTICLES.has(first) && !MEASURES.has(second)
    ? broken(0.3, `opens like a noun with ${quoted(first)}; ${say}`)
    : SATISFIED;
}

const OPENINGS: Readonly<Record<PartOfSpeech, (opening: Opening) => Verdict>> = { noun, verb, adjective, adverb };

export const startsWithGenus: Rule = {
  name: 'starts-with-genus',
  family: 'structure',
  weight: 5,
  critical: false,
  languages: ['en'],
  check(text, subject) {
    const [first = '', second = ''] = wordsOf(text);
    if (first === '') return broken(0, 'has no opening; begin with the genus of the term');
    const part = partOf(subject);
    const opensSentence = SENTENCE_OPENERS.has(first) || first === 'when' || first === 'where';
    // `wherever`: where in the world
    if (opensSentence && part !== 'adverb')
      return broken(0, `opens with ${quoted(first)} like a sentence about the term; begin with its genus`);
    return part ? OPENINGS[part]([first, second]) : SATISFIED;
  },
};
