import { isFormOf } from './reading/inflections.ts';
import { isFunctionWord, wordsOf } from './reading/words.ts';
import { partOf, type DefinitionSubject, type Rule } from './rule.ts';
import { broken, quoted, SATISFIED } from './verdict.ts';

const standsAt = (words: readonly string[], at: number, term: readonly string[]): boolean =>
  term.every((part, i) => isFormOf(words[at + i] ?? '', [part]));

/** The words of the term one after another, or all its words of meaning anywhere. */
function namesPhrase(words: readonly string[], term: readonly string[]): boolean {
  if (words.some((_, at) => standsAt(words, at, term))) return true;
  const content = term.filter((part) => !isFunctionWord(part));
  return content.length > 1 && content.every((part) => words.some((word) => isFormOf(word, [part])));
}

function namesTerm(words: readonly string[], subject: DefinitionSubject): boolean {
  const names = [subject.term, subject.lemma ?? ''].map(wordsOf);
  const single = names.filter((name) => name.length === 1).flat();
  // `in`, `one` or `be` cannot be kept out of an English sentence.
  const forms = single.filter((word) => !isFunctionWord(word));
  if (forms.length > 0 && words.some((word) => isFormOf(word, forms, partOf(subject)))) return true;
  return names.some((name) => name.length > 1 && namesPhrase(words, name));
}

export const notCircular: Rule = {
  name: 'not-circular',
  family: 'coherence',
  weight: 4,
  critical: true,
  check: (text, subject) =>
    namesTerm(wordsOf(text), subject)
      ? broken(0, `names the term itself (${quoted(subject.term)}); describe it by its genus instead`)
      : SATISFIED,
};
