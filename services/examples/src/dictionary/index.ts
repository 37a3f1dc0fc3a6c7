export type { BaseForm } from './base-forms.ts';
export { baseForms, isFormOf } from './base-forms.ts';
export { nearLemmas } from './near-lemmas.ts';
export type { Term } from './term.ts';
export { readTerm } from './term.ts';
export type { Dictionary, DictionaryFiles, PartOfSpeech, Pointer, Synset, SynsetId } from './types.ts';
export { PARTS_OF_SPEECH } from './types.ts';
export { WordnetDictionary } from './wordnet-dictionary.ts';
