import type { Dictionary, Synset } from '../dictionary/index.ts';
import { isFormOf } from '../dictionary/index.ts';
import type { Gloss, NounSense } from '../wording/index.ts';
import { headOf, readGloss, withDeterminer, withoutParentheses, wordsOf } from '../wording/index.ts';
import { nounSense } from './nouns.ts';
import { broader } from './taxonomy.ts';

export const sourceOf = (synset: Synset): string => `wordnet:${synset.id}`;

/** Whether the text uses the word itself, in any inflection. */
export function mentions(text: string, word: string): boolean {
  const lower = word.toLowerCase();
  if (lower.includes(' ')) return text.toLowerCase().includes(lower);
  return wordsOf(text)
    .flatMap((token) => [token, ...token.split('-'), token.replace(/['’]s$/, '')])
    .some((token) => (['noun', 'verb', 'adjective'] as const).some((pos) => isFormOf(token, lower, pos)));
}

/** The gloss of a verb that leaves its object out behind a preposition, as `run faster than`: half a sentence. */
export const breaksOff = (means: string): boolean =>
  /\s(?:than|to|for|of|with|by|at|from|into|onto|upon|against|between|as|about|(?:faith|trust|confidence|interest|part) in)$/.test(
    means,
  );

/** Openings of the source that say nothing of the thing, and what is said instead. */
const OPENINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:or|and) /, ''],
  [/^(?:someone|somebody|one) (?=who|that|whose)/, 'a person '],
  [/^(?:someone|somebody) /, 'a person '],
  [/^anyone (?=who|that|whose)/, 'a person '],
  [/^(?:usually|often|especially|generally|sometimes|originally|formerly|chiefly|commonly),? (?=an? |the |any )/, ''],
  [
    /^any of (?:(?:the )?(?:various|several|numerous|a number of|many|certain|a variety of|a large variety of)) /,
    'one of several ',
  ],
  [/^any of (?=a (?:group|class|family|genus|series|set) of |about |two |three )/, 'one of '],
  [/^(?:in|on|at|among|within|during) [^,]{3,40}, (?=(?:an?|the|any|one) )/i, ''],
  [
    /^(?=(?:learns|works|lives|makes|takes|sells|plays|leads|teaches|writes|performs|gives|holds|owns|studies) )/,
    'a person who ',
  ],
  [/^(?:refers to|denotes|name for|term for|abbreviation for) /, ''],
];

/** Remarks on use at the end of a gloss. */
const AFTERTHOUGHT =
  /,? (?:also|often|sometimes|usually|or)?,? ?(?:used )?(?:metaphorically|figuratively|in a metaphorical sense)$/;

/** What stands behind a colon only spells out what stands before it. */
const untilColon = (text: string): string =>
  text
    .replace(/^(?:in|on|among|of|for|during) [^:]{5,60}: (?=\w)/, '')
    .replace(/^([\w-]+(?: [\w-]+)?): (?=\w+s (?:the|an?|in|on|of|to|with)\b)/, '$1 that ')
    .replace(/^(.{12,}?):\s.*$/, '$1')
    .replace(/:\s/g, ', ');

const opened = (text: string): string =>
  OPENINGS.reduce(
    (result, [pattern, opening]) => result.replace(pattern, opening),
    untilColon(text).replace(AFTERTHOUGHT, ''),
  );

/** Segments of a noun's gloss that are no noun phrase: remarks such as `occurs in many breeds`. */
const REMARK =
  /^(?:is|are|was|were|has|have|had|can|may|must|used|found|grown|made|known|called|includes?|occurs?|causes?|contains?|consists?|produces?|grows?|lives?|forms?|not|often|usually|sometimes|formerly|especially|now|more|less|most|in|on|at|of|for|with|by|from|to|when|if|it|they|he|she|this|these|also|characterized|considered|believed|similar|native|common|related|important|alternatively|symptoms|typically|first|noted|famous|inhabits?|inhabited|said|opposed|because|based|where|which|who|that|whose|as|see|cf|including|having)\b/;

export const isRemark = (segment: string): boolean =>
  REMARK.test(segment) &&
  !/^(?:that which|in vitro|first \w+ (?:of|in)\b|more than|most \w+ of|common \w+|native \w+|important \w+)/.test(
    segment,
  );

/** A gloss in the plural for one beast, plant or person: `large rodents with …` becomes `one of the large rodents with …`. */
function ofOne({ category, words }: Synset, phrase: string, nouns: NounSense): string {
  if (!['animal', 'plant', 'person', 'group'].includes(category)) return phrase;
  if (/^(?:an?|the|one|any|someone|either|two|three|several|all|both|people|\d)\b/.test(phrase)) return phrase;
  if (nouns.isPluralNoun((words[0] ?? '').toLowerCase()) || !nouns.isPluralNoun(headOf(phrase, nouns))) return phrase;
  return category === 'group'
    ? `a group of ${phrase}`
    : `one of the ${phrase.replace(/^(?:mostly|chiefly|usually|mainly) /, '')}`;
}

/** The object of a verb stands in parentheses and is needed: `harden (steel) by …`, `draw in (air)`. */
const withObject = (segment: string): string =>
  segment.replace(
    /\((?!or\b|and\b|also\b|often\b|usually\b|especially\b|as\b|of\b|literally|figuratively|used\b|said\b|that\b|for example)([\w']+(?: [\w']+){0,2})\)/g,
    '$1',
  );

/** `of or relating to` says `relating to`. */
const OF_OR =
  /^of or (?=(?:relating|pertaining|belonging|concerning|involving|containing|resembling|characteristic|based|used|situated|affecting)\b)/;

/** A later segment that is sure to be a noun phrase of its own. */
const PHRASE = /^(?:an?|the|any|one|someone|a person|those|\w+ing) (?!is\b|are\b)/;

/** Categories whose glosses lack an article because they need none: `vigorous enjoyment`. */
const UNCOUNTED = new Set(['attribute', 'feeling', 'substance', 'state', 'process', 'phenomenon']);

/** What matter is counted by all the same: `a binary compound`. */
const COUNTED_MATTER = /^(?:compound|salt|acid|alloy|mixture|ester|polymer|solution|enzyme|protein|hormone)$/;

const ABSTRACT =
  /^(?:state|condition|quality|property|act|action|process|ability|capacity|feeling|degree|fact|trait|practice) (?:of|whereby|by which|in which|that|when) /;

/** A gloss that leaves the genus out: `having the shape of a tree`. */
const WITHOUT_GENUS =
  /^(?:typically |usually )?(?:having|containing|resembling|consisting of|characterized by|caused by|relating to|worn|used (?:for|in|to|by|as|on|with)|made (?:of|from|by)) /;

const QUALITY =
  /^(?:parasitic (?:on|in)|native to|similar to|capable of|found (?:in|on)|related to|in an? \w+(?:ed|en)) /;
const DOING = /^(?:has|contains|includes|covers|occurs|causes|produces|constitutes|resembles|consists|involves|uses) /;

function withGenus(dictionary: Dictionary, synset: Synset, phrase: string): string {
  const link = WITHOUT_GENUS.test(phrase)
    ? ''
    : QUALITY.test(phrase)
      ? 'that is '
      : DOING.test(phrase)
        ? 'that '
        : undefined;
  const genus = link === undefined ? undefined : broader(dictionary, synset)[0]?.words[0];
  return genus === undefined || /^\p{Lu}/u.test(genus) ? phrase : `${genus} ${link ?? ''}${phrase}`;
}

/** The phrases a gloss defines a word with, ready to stand behind `it is` or `to`; best first, never empty. */
export function phrases(dictionary: Dictionary, synset: Synset, gloss: Gloss = readGloss(synset.gloss)): string[] {
  const [first = '', ...rest] = gloss.segments.map((segment) =>
    opened(withoutParentheses(synset.pos === 'verb' ? withObject(segment) : segment)).replace(/[,:]$/, ''),
  );
  if (synset.pos === 'verb')
    return [first, ...rest.filter((one) => !isRemark(one))].map((one) => one.replace(/^to /, ''));
  if (synset.pos !== 'noun') return [first, ...rest].map((text) => text.replace(OF_OR, ''));
  const nouns = nounSense(dictionary);
  const determined = (bare: string): string => {
    const phrase = withGenus(dictionary, synset, bare);
    const counted = !UNCOUNTED.has(synset.category) || COUNTED_MATTER.test(headOf(phrase, nouns));
    return counted ? withDeterminer(phrase, nouns) : phrase.replace(ABSTRACT, 'the $&');
  };
  const one = (phrase: string): string => ofOne(synset, determined(phrase), nouns);
  return [first, ...rest.filter((segment) => PHRASE.test(segment))].filter((segment) => segment !== '').map(one);
}

/** One phrase that says what the synset means. */
export const meaning = (dictionary: Dictionary, synset: Synset): string =>
  phrases(dictionary, synset)[0] ?? synset.gloss;
