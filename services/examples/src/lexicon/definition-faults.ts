import { wordsOf } from '../wording/index.ts';
import { mentions } from './meaning.ts';

export interface DefinitionSubject {
  readonly lemma: string;
  /** Entries of the context of use. */
  readonly context: readonly string[];
  /** Words it is derived from or that are derived from it: `free` of `freedom`. */
  readonly kin?: readonly string[];
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Share a stem of five letters or more: `swimmer` and `swimming`. */
const related = (a: string, b: string): boolean =>
  a.length > 5 &&
  b.length > 5 &&
  a.slice(0, Math.max(5, Math.min(a.length, b.length) - 4)) ===
    b.slice(0, Math.max(5, Math.min(a.length, b.length) - 4));

/** `china` is not defined by itself when it is `made in China`. */
const onlyAsName = (text: string, lemma: string): boolean =>
  !mentions(text.replace(/(?<=\S )\p{Lu}[\p{L}-]*/gu, ''), lemma);

/** Ways in which a text is poor as a definition, by the names the rules of definitions use, each with its weight. */
export function definitionFaults(text: string, { lemma, context, kin = [] }: DefinitionSubject): Map<string, number> {
  const words = wordsOf(text);
  const faults: [string, number][] = [
    [
      'not-circular',
      mentions(text, lemma)
        ? onlyAsName(text, lemma)
          ? 4
          : 10
        : !lemma.includes(' ') && words.some((word) => related(word, lemma.toLowerCase()))
          ? 1
          : 0,
    ],
    ['leans-on-kin', kin.some((word) => mentions(text, word)) ? 2 : 0],
    ['length', words.length < 2 ? 6 : words.length < 3 ? 2.5 : words.length < 5 ? 1 : words.length > 45 ? 2 : 0],
    ['not-synonym', words.filter((word) => !/^(?:an?|the|to|of|be)$/.test(word)).length < 2 ? 6 : 0],
    ['no-ambiguous-and-or', count(text, /\bor\b|and\/or/g) * 0.4],
    [
      'no-vague-words',
      count(
        text,
        /\b(?:things?|something|somewhat|aspects?|stuff|matters?|somehow|certain|various|several|et cetera|and so on)\b/gi,
      ) * 0.8,
    ],
    ['no-modal-verbs', count(text, /\b(?:can|could|may|might|must|shall|should|will|would|ought)\b/g) * 0.8],
    [
      'no-double-negation',
      Math.max(0, count(text, /\b(?:not|no|never|without|none|nor|neither|lacking)\b/g) - 1) * 1.5,
    ],
    ['no-part-list', count(text, /,/g) >= 3 ? 1 : 0],
    ['one-sentence', count(text, /;|\. [A-Z]/g) * 2],
    ['no-abbreviations', count(text, /\b(?:[A-Z]\.){2,}|\b(?:e\.g|i\.e|etc)\b/g) * 1.5],
    ['genus-and-difference', / as distinct from | of its own(?: kind|,|$)/.test(text) ? 5 : 0],
    ['not-context', context.some((entry) => text.toLowerCase().includes(entry.toLowerCase())) ? 2 : 0],
  ];
  return new Map(faults.filter(([, weight]) => weight > 0));
}

export const faultWeight = (text: string, subject: DefinitionSubject): number =>
  [...definitionFaults(text, subject).values()].reduce((sum, weight) => sum + weight, 0);
