import { wordSet } from './reading/words.ts';
import type { Rule } from './rule.ts';
import { broken, SATISFIED } from './verdict.ts';

const SMALL_WORDS = wordSet(`
  a an the to of in on at by for from with without any one some each every having being showing someone something that
  which who it this these those`);
const FIRST_WORD = /^\p{L}+/u;
const capitalised = (text: string): boolean => {
  const [first = ''] = FIRST_WORD.exec(text) ?? [];
  return first !== first.toLowerCase() && SMALL_WORDS.has(first.toLowerCase());
};

const PAIRS = ['()', '[]', '{}', '“”', '«»'] as const;
const closed = (text: string, [open = '', close = '']: string): boolean =>
  text.split(open).length === text.split(close).length;

interface Fault {
  readonly costs: number;
  readonly says: string;
  readonly found: (text: string) => boolean;
}

/** A definition is printed like an entry of a dictionary: "a measure of …", small letter, no final stop. */
const FAULTS: readonly Fault[] = [
  { costs: 0.2, says: 'starts with a capital', found: capitalised },
  { costs: 0.2, says: 'ends with a stop', found: (text) => /[.!?…。]$/.test(text.trimEnd()) },
  { costs: 0.3, says: 'has spaces at its ends', found: (text) => text !== text.trim() },
  { costs: 0.3, says: 'has double spaces or line breaks', found: (text) => /\s\s|[\n\r\t]/.test(text.trim()) },
  { costs: 0.3, says: 'has a space in front of a mark', found: (text) => /\S\s[,;:.!?)\]]/.test(text) },
  { costs: 0.3, says: 'has a mark twice', found: (text) => /[,;:]\s?[,;:.]|\.\s?[,;:]\s?\.|!!|\?\?/.test(text) },
  {
    costs: 0.6,
    says: 'begins with a bullet, a number or a label',
    found: (text) => /^\s?(?:[-*•–—]\s|\d{1,3}[.)]\s|\p{L}{3,20}:\s)/u.test(text),
  },
  {
    costs: 0.6,
    says: 'breaks off at its end',
    found: (text) => /[,;:–—-]$|(?:^|\s)(?:and|or|the|an?|such as)$/i.test(text.trimEnd()),
  },
  { costs: 0.6, says: 'begins in the middle', found: (text) => /^[,;:.)]/.test(text.trimStart()) },
  {
    costs: 0.5,
    says: 'leaves a bracket or a quotation open',
    found: (text) => !PAIRS.every((pair) => closed(text, pair)) || text.split('"').length % 2 === 0,
  },
  {
    costs: 0.6,
    says: 'has characters that cannot be seen',
    found: (text) => /[^\P{Cc}\s]|[\u200b\u2060\ufeff\ufffd\u202a-\u202e]/u.test(text),
  },
  {
    costs: 0.6,
    says: 'has marks of a page',
    found: (text) => /\*\*|__|`|<\/?\p{L}|&(?:amp|lt|gt|quot|nbsp);|^#/u.test(text),
  },
];

export const noLeftovers: Rule = {
  name: 'no-leftovers',
  family: 'language',
  weight: 1,
  critical: false,
  check(text) {
    const found = FAULTS.filter((fault) => fault.found(text));
    if (found.length === 0) return SATISFIED;
    const score = found.reduce((rest, { costs }) => rest - costs, 1);
    const said = found.map(({ says }) => says).join(', ');
    return broken(Math.max(0, Number(score.toFixed(2))), `${said}; write it as a plain phrase like "a measure of …"`);
  },
};
