import { isFormOf } from './reading/inflections.ts';
import { isFunctionWord, tokensOf, wordsOf } from './reading/words.ts';
import type { DefinitionSubject, Rule } from './rule.ts';
import { broken, falling, quotedAll, SATISFIED } from './verdict.ts';

/** Stand between the capitals of a name: "Code of Criminal Procedure". */
const INSIDE_NAME = new Set(['of', 'and', 'the', 'on']);
const isCapital = (raw: string): boolean => /^\p{Lu}/u.test(raw);

/** Names of at least two capitalised words inside an entry: "Civil Code" in "Article 213 of the Civil Code". */
function namesIn(entry: string): string[][] {
  const names: string[][] = [];
  let name: string[] = [];
  const close = (): void => {
    while (INSIDE_NAME.has(name.at(-1) ?? '')) name.pop();
    if (name.length > 1) names.push(name);
    name = [];
  };
  for (const { raw, word } of tokensOf(entry)) {
    if (isCapital(raw) || (name.length > 0 && INSIDE_NAME.has(word))) name.push(word);
    else close();
  }
  close();
  return names.filter((words) => words.filter((word) => !isFunctionWord(word)).length > 1);
}

function phrasesOf({ context }: DefinitionSubject): (readonly string[])[] {
  const entries = [...context.organisational, ...context.juridical, ...context.legalBasis];
  return entries.flatMap((entry) => [wordsOf(entry), ...namesIn(entry)]).filter((phrase) => phrase.length > 0);
}

const standsAt = (words: readonly string[], at: number, phrase: readonly string[]): boolean =>
  phrase.every((part, i) => isFormOf(words[at + i] ?? '', [part], 'noun'));

export const notContext: Rule = {
  name: 'not-context',
  family: 'coherence',
  weight: 2,
  critical: false,
  check(text, subject) {
    const words = wordsOf(text);
    const found = phrasesOf(subject).filter(
      (phrase) => phrase.some((word) => !isFunctionWord(word)) && words.some((_, at) => standsAt(words, at, phrase)),
    );
    if (found.length === 0) return SATISFIED;
    const named = quotedAll(found.map((phrase) => phrase.join(' ')));
    return broken(falling(found.length, 0.7), `names its context (${named}); the context stands beside it already`);
  },
};
