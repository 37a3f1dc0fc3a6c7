import { MASS_NOUNS } from './mass-nouns.ts';

/** What is known of a noun besides its spelling. */
export interface NounFacts {
  readonly word: string;
  /** Lexicographer category, such as `substance`. */
  readonly category: string;
  /** Its definition, labels taken off. */
  readonly definition: string;
  /** Lemmas of everything above it. */
  readonly ancestors: ReadonlySet<string>;
}

const ARTICLE = /^(?:an?|any|one|each|either|someone|something|somebody) /;
const ABSTRACT_GENUS =
  /^(?:the |a |an )?(?:\w+ly )?(?:act|action|activity|process|practice|lack|absence|presence|capability|fact|degree|tendency|freedom|state|condition|quality|property|trait|feeling|emotion|science|study|branch|art|sport|game|belief|doctrine|theory|policy|system of|technique|use|art|skill|ability|capacity|behaviou?r|manner|occupation|profession|craft|inflammation|treatment) (?:or [\w-]+ )?(?:of|by|in|that|in which|whereby|for|to|marked)\b/;

/** Endings of nouns that take no article and no plural in their usual sense. */
const ABSTRACT_ENDING =
  /(?:ness|ism|ology|ography|onomy|ometry|iatry|culture|itis|osis|emia|aemia|uria|algia|plegia|pathy|phobia|mania|philia|trophy|rrhea|ics|hood|craft|tude|cy|ery|ware|dom|ography|ectomy|therapy|isation|ization)$/;
const CONDITIONAL_ENDING = /(?:ity|ety|tion|sion|ment|ance|ence|ure|age|al|ship|th|sis|ing|ia|y)$/;
const COUNTED_ENDING =
  /(?:city|university|community|identity|facility|cavity|commodity|celebrity|entity|variety|minority|majority|nationality|battleship|relationship|scholarship|championship|township|witness|wilderness|business|harness|biography|neighbou?rhood|kingdom|agency|emergency|vacancy|policy|currency|constituency|embassy|pharmacy|gallery|battery|artery|nursery|bakery|brewery|cemetery|monastery|discovery|mystery|factory|robbery|colony|ceremony|gland|topology|apology|anthology|prism|organism|mechanism|fancy|tendency|frequency|lady|body|party|penalty|treaty|royalty|county)$/;

const MASS_ANCESTORS = [
  'fabric',
  'cloth',
  'beverage',
  'drink',
  'foodstuff',
  'meat',
  'paint',
  'disease',
  'sport',
  'music',
  'dance music',
  'discipline',
  'symptom',
  'mental disease',
  'feeling',
  'wood',
  'mineral',
  'metal',
  'chemical element',
];
const DRUG_ENDING = /(?:in|ine|en|ol|ide|ate|one|am|an|il|um|id)$/;
/** Counted whatever the definition begins with: `a policy`, a `written contract …`. */
const ALWAYS_COUNTED = new Set(
  'policy,document,sandwich,isotope,radioisotope,atom,molecule,ion,particle,mixture,group,radical,bill,statement'.split(
    ',',
  ),
);
/** One does not say `a spring` of the season. */
const SEASON = /^(?:spring|summer|autumn|winter|fall)(?:time|tide)?$/;
/** `outer space`, not `an outer space`. */
const SPACE = /^(?:outer|deep|free|\w+stellar|\w+planetary|\w+galactic) space$/;
/** Bread by the piece: `a cracker`, `an English muffin`. */
const PIECE_OF_BREAD =
  /^an? (?:[\w-]+,? ){0,4}(?:wafer|muffin|bun|roll|loaf|biscuit|stick|slice|piece|ball|strip|ring)\b/;
/** Courses of nature and of prices: `deflation`, `convection`, `electrolysis`. */
const COURSE_ENDING = /(?:flation|vection|nation|[^a]lysis)$/;
/** Feelings one has by the piece. */
const COUNTED_FEELINGS = new Set(
  'wish,urge,itch,craving,impulse,whim,crush,grudge,mood,thrill,pang,qualm,desire,emotion,passion'.split(','),
);
const MASS_CATEGORIES = new Set(['substance', 'feeling']);
/** A definition without any article is that of a mass noun in these. */
const BARE_CATEGORIES = new Set([
  'attribute',
  'state',
  'act',
  'process',
  'phenomenon',
  'feeling',
  'communication',
  'cognition',
]);
const COUNT_CATEGORIES = new Set([
  'person',
  'animal',
  'artifact',
  'plant',
  'location',
  'object',
  'group',
  'shape',
  'body',
  'time',
  'quantity',
  'event',
]);

const lastWord = (word: string): string => word.toLowerCase().split(/[ -]/).at(-1) ?? '';

/** Mass nouns that also name a thing one can hold: `a glass`, `an iron`, `a baseball`. */
const COUNTED_ARTIFACTS = new Set(
  'baseball,football,basketball,volleyball,softball,marble,glass,iron,paper,light,lead,play,painting,print,drawing,building,housing,lighting,plastic,timber,wood,stone,game,bridge,work,rubber,tin,cork,straw,rose,ball,range,power,love,drink,fire,record,tape,wire,cover,brush'.split(
    ',',
  ),
);

/** Categories in which an article in the definition makes even a mass noun a counted one: `a space`, `a history`. */
const COUNTED_USES = new Set([
  'plant',
  'group',
  'event',
  'location',
  'quantity',
  'shape',
  'time',
  'object',
  'communication',
  'possession',
  'cognition',
  'relation',
]);
const ALWAYS_MASS =
  /^(?:bandwidth|collateral|data|information|advice|news|evidence|knowledge|money|music|poetry|literature|research|progress|weather|wealth|slang|propaganda|gossip|legislation|punctuation|advertising|praise|fiction|fun|logic|mathematics|history|chemistry|physics|biology|psychology|philosophy)$/;

const isCountedUse = (word: string, category: string, definition: string): boolean =>
  !ABSTRACT_ENDING.test(word) &&
  ((category === 'artifact' && COUNTED_ARTIFACTS.has(word)) ||
    (COUNTED_USES.has(category) && /^(?:an?|any|one) /.test(definition) && !ALWAYS_MASS.test(word)));

/** Whether the noun is used bare: `Milk is …`, not `A milk is …`. A judgement from spelling, category and definition. */
export function isMass({ word, category, definition, ancestors }: NounFacts): boolean {
  const head = lastWord(word);
  if (SPACE.test(word)) return true;
  if (category === 'person' || category === 'animal' || category === 'location') return false;
  if (category === 'time' && SEASON.test(head)) return true;
  if (category === 'process' && COURSE_ENDING.test(head)) return true;
  if (MASS_NOUNS.has(word.toLowerCase())) return !isCountedUse(word.toLowerCase(), category, definition);
  if (/^(?:any|one|either|someone|each) /.test(definition) || ALWAYS_COUNTED.has(head)) return false;
  if (category === 'feeling' && COUNTED_FEELINGS.has(head)) return false;
  if (MASS_NOUNS.has(head) && !isCountedUse(head, category, definition)) return true;
  if (category === 'substance')
    return (
      !/^(?:an? )?(?:radioactive |simple |complex )?(?:isotope|protein|salt|acid|enzyme|drug|ester|polymer|compound|particle|molecule|unit|mixture used|piece|lump|block|bead|pill|tablet|atom|ion|radical) /.test(
        definition,
      ) || /(?:in|ine|ose|ium|ide|ate|ite|ol|gen|oil|wax|gum|resin|glass|steel|acid)$/.test(head)
    );
  if (MASS_CATEGORIES.has(category))
    return (
      !ARTICLE.test(definition) ||
      ABSTRACT_ENDING.test(head) ||
      !/^an? (?:sudden|strong|brief|momentary|mild|painful)/.test(definition)
    );
  if (category === 'artifact' && ancestors.has('drug') && DRUG_ENDING.test(head)) return true;
  if (category === 'food') return isMassFood(definition, ancestors);
  if (
    !COUNTED_ENDING.test(head) &&
    ABSTRACT_ENDING.test(head) &&
    !['person', 'artifact', 'location', 'animal', 'plant', 'object'].includes(category)
  )
    return true;
  if (BARE_CATEGORIES.has(category) && !ARTICLE.test(definition) && !/^the /.test(definition)) return true;
  if (category === 'act' && /ing$/.test(head) && !ARTICLE.test(definition)) return true;
  if (CONDITIONAL_ENDING.test(head) && !COUNTED_ENDING.test(head) && ABSTRACT_GENUS.test(definition)) return true;
  if (category === 'attribute' || category === 'state')
    return ABSTRACT_GENUS.test(definition) && !ARTICLE.test(definition);
  if (COUNT_CATEGORIES.has(category) && !MASS_ANCESTORS.some((ancestor) => ancestors.has(ancestor))) return false;
  return !ARTICLE.test(definition) && MASS_ANCESTORS.some((ancestor) => ancestors.has(ancestor));
}

function isMassFood(definition: string, ancestors: ReadonlySet<string>): boolean {
  if (
    ['edible fruit', 'vegetable', 'dish', 'cake', 'pastry', 'sandwich', 'candy', 'cookie', 'meal', 'bun', 'pie'].some(
      (count) => ancestors.has(count),
    )
  ) {
    return !ARTICLE.test(definition) && !ancestors.has('edible fruit') && !ancestors.has('vegetable');
  }
  if (PIECE_OF_BREAD.test(definition)) return false;
  if (
    ['beverage', 'foodstuff', 'meat', 'dairy product', 'condiment', 'ingredient', 'cheese', 'bread'].some((mass) =>
      ancestors.has(mass),
    )
  )
    return true;
  return !ARTICLE.test(definition);
}

/** Words that look singular and are plural. */
const PLURALS = new Set(
  'bacteria people police cattle clergy folk vermin poultry gentry soapsuds suds scissors shears pliers trousers pants spectacles tongs tweezers goggles binoculars shorts jeans pajamas pyjamas tights clothes snuffers thanks goods riches outskirts deserts'.split(
    ' ',
  ),
);
/** Words that look plural and are singular. */
const SINGULARS =
  /(?:ss|us|is|ics|itis|osis|news|lens|series|species|means|gallows|mumps|measles|rabies|herpes|diabetes|shingles|chess|bias|atlas|canvas|gas|Christmas|alias|iris|ies|as|os|ys|blues)$/i;

/** `trousers` are, `news` is. The definition decides where the spelling does not. */
export function isPlural(word: string, definition: string): boolean {
  const head = lastWord(word);
  if (PLURALS.has(head)) return true;
  if (!head.endsWith('s') || (SINGULARS.test(head) && !/[bcdfghjklmnprtvz]ies$/.test(head))) return false;
  return (
    !/^(?:an?|the|any|one|either|someone)\b/.test(definition) ||
    /^(?:an? )?(?:pair|set|collection|group|plural)/.test(definition)
  );
}
