/** What a caller typed, made ready for the dictionary. */
export interface Term {
  /** Spellings to try, best first; empty when there is nothing to look up. */
  readonly spellings: readonly string[];
  /** Whether the caller began it with a capital. */
  readonly capital: boolean;
  /** `to run` can only be a verb, `the run` only a noun. */
  readonly only: 'noun' | 'verb' | undefined;
}

/** Marks of quotation and punctuation around a term; the stop of `U.S.` is tried first, so it is not lost. */
const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '');

/** Other ways to write the same compound: `semi-automatic`, `semi automatic`, `semiautomatic`. */
const compounds = (text: string): string[] =>
  text.includes('-') || text.includes(' ')
    ? [text.replaceAll(' ', '-'), text.replaceAll('-', ' '), text.replace(/[- ]/g, '')]
    : [];

export function readTerm(raw: string): Term {
  const text = raw.normalize('NFKC').replace(/[‘’ʼ]/g, "'").replace(/[‐‑–]/g, '-').replace(/\s+/g, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(text)) return { spellings: [], capital: false, only: undefined };
  const article = /^(to|an?|the) (?=\S)/i.exec(text)?.[1]?.toLowerCase();
  const lower = text.toLowerCase();
  const bare = lower.replace(EDGES, '');
  const headless = article === undefined ? [] : [bare.slice(article.length + 1).trim()];
  const basic = [lower, bare, ...headless];
  const spellings = [...basic, ...basic.map(plain), ...[bare, ...headless].flatMap(compounds)];
  return {
    spellings: [...new Set(spellings)].filter((spelling) => spelling !== ''),
    capital: /^\p{Lu}/u.test(text.replace(EDGES, '')),
    only: article === undefined ? undefined : article === 'to' ? 'verb' : 'noun',
  };
}
