import { contentWords } from './content-words.ts';
import { genusAndDifference } from './genus-and-difference.ts';
import { length } from './length.ts';
import { noAbbreviations } from './no-abbreviations.ts';
import { noAmbiguousAndOr } from './no-ambiguous-and-or.ts';
import { noBrackets } from './no-brackets.ts';
import { noDoubleNegation } from './no-double-negation.ts';
import { noExamples } from './no-examples.ts';
import { noJudgement } from './no-judgement.ts';
import { noLeftovers } from './no-leftovers.ts';
import { noModalVerbs } from './no-modal-verbs.ts';
import { noPartList } from './no-part-list.ts';
import { noVagueWords } from './no-vague-words.ts';
import { notCircular } from './not-circular.ts';
import { notContext } from './not-context.ts';
import { notEmpty } from './not-empty.ts';
import { notNegativeOnly } from './not-negative-only.ts';
import { notSynonym } from './not-synonym.ts';
import { notTimeBound } from './not-time-bound.ts';
import { oneSentence } from './one-sentence.ts';
import type { Rule } from './rule.ts';
import { singularGenus } from './singular-genus.ts';
import { startsWithGenus } from './starts-with-genus.ts';

/** Every rule, by family. A new one is added here and gets a file and a spec of its own. */
export const rules: readonly Rule[] = [
  // language
  noVagueWords,
  noDoubleNegation,
  noAmbiguousAndOr,
  noAbbreviations,
  noModalVerbs,
  noJudgement,
  noLeftovers,
  // structure
  notEmpty,
  startsWithGenus,
  length,
  oneSentence,
  noBrackets,
  singularGenus,
  // content
  genusAndDifference,
  notSynonym,
  contentWords,
  notNegativeOnly,
  noPartList,
  noExamples,
  // coherence
  notCircular,
  notContext,
  notTimeBound,
];
