import type { DefinitionSubject } from '../../src/rules/index.ts';

const NO_CONTEXT: DefinitionSubject['context'] = { organisational: [], juridical: [], legalBasis: [] };

/** An English term without context, unless told otherwise. */
export const about = (
  term: string,
  partOfSpeech?: string,
  more: Partial<DefinitionSubject> = {},
): DefinitionSubject => ({ term, partOfSpeech, context: NO_CONTEXT, language: 'en', ...more });

export const river = about('river', 'noun');
export const run = about('run', 'verb');
export const good = about('good', 'adjective');
export const quickly = about('quickly', 'adverb');
