export { Lexicon } from './lexicon.ts';
