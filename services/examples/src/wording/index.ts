export { indefiniteArticle, withIndefinite } from './articles.ts';
export type { NounFacts } from './countability.ts';
export { isMass, isPlural } from './countability.ts';
export type { Gloss, Quotation } from './gloss.ts';
export { readGloss, tidy, withoutParentheses } from './gloss.ts';
export { MASS_NOUNS } from './mass-nouns.ts';
export type { NounSense } from './noun-phrase.ts';
export { headOf, withDeterminer } from './noun-phrase.ts';
export { asSentence, balanced, capitalised, listed, quoted, wordsOf } from './prose.ts';
