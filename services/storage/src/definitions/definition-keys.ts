import { createHash } from 'node:crypto';
import { fold } from '../records/index.ts';
import type { UsageContext } from './definition.ts';

/** What makes two definitions of a tenant duplicates of each other. */
export interface DefinitionKeys {
  readonly termKey: string;
  /** SHA-256 in hex: a context may be longer than an index entry. */
  readonly contextKey: string;
  readonly languageKey: string;
}

const foldAll = (entries: readonly string[]): string[] => [...new Set(entries.map(fold))].sort();

/** Letter case, surrounding space and runs of space do not tell terms apart. */
export const termKeyOf = (term: string): string => fold(term);

/** Order, letter case and repetition of entries do not tell contexts apart. */
function contextKeyOf(context: UsageContext): string {
  const canonical = JSON.stringify([
    foldAll(context.organisational),
    foldAll(context.juridical),
    foldAll(context.legalBasis),
  ]);
  return createHash('sha256').update(canonical).digest('hex');
}

export function definitionKeys(of: { term: string; context: UsageContext; language: string }): DefinitionKeys {
  return { termKey: termKeyOf(of.term), contextKey: contextKeyOf(of.context), languageKey: fold(of.language) };
}
