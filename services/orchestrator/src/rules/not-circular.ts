import { isFormOf } from './reading/inflections.ts';
import { isFunctionWord, wordsOf } from './reading/words.ts';
import { partOf, type DefinitionSubject, type Rule } from './rule.ts';
import { broken, quoted, SATISFIED } from './verdict.ts';

const standsAt = (words: readonly string[], at: number, term: readonly string[]): boolean =>
  term.every((part, i) => isFormOf(words[at + i] ?? '', [part]));

type Naming = 'whole' | 'word by word' | undefined;

/** Whole: its words one after another. Word by word: all its words of meaning, wherever they stand. */
function namingOfPhrase(words: readonly string[], term: readonly string[]): Naming {
  if (words.some((_, at) => standsAt(words, at, term))) return 'whole';
  const different = [...new Set(words)];
  const content = term.filter((part) => !isFunctionWord(part));
  const scattered = content.length > 1 && content.every((part) => different.some((word) => isFormOf(word, [part])));
  return scattered ? 'word by word' : undefined;
}

function namingOf(words: readonly string[], subject: DefinitionSubject): Naming {
  const names = [subject.term, subject.lemma ?? ''].map(wordsOf);
  const single = names.filter((name) => name.length === 1).flat();
  // `in`, `one` or `be` cannot be kept out of an English sentence.
  const forms = single.filter((word) => !isFunctionWord(word));
  if (forms.length > 0 && [...new Set(words)].some((word) => isFormOf(word, forms, partOf(subject)))) return 'whole';
  const namings = names.filter((name) => name.length > 1).map((name) => namingOfPhrase(words, name));
  return namings.find((naming) => naming === 'whole') ?? namings.find((naming) => naming !== undefined);
}

export const notCircular: Rule = {
  name: 'not-circular',
  family: 'coherence',
  weight: 4,
  critical: true,
  check(text, subject) {
    const naming = namingOf(wordsOf(text), subject);
    if (naming === undefined) return SATISFIED;
    const term = quoted(subject.term);
    return naming === 'whole'
      ? broken(0, `names the term itself (${term}); describe it by its genus instead`)
      : broken(0.3, `names every word of the term (${term}); describe at least one of them in other words`);
  },
};
