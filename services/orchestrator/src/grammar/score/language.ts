import { scored, when, type Fault, type PartScore, type Reading } from './part.ts';

const LEFTOVERS = /\bundefined\b|\bnull\b|\bNaN\b|\[object|[{}]|\$\{|\bTODO\b|\blorem ipsum\b|\bas an ai\b|^#+ |\*\*/im;
const DOUBLED_WORD = /\b(\p{L}+) \1\b/iu;
/** Words that may stand twice in good English. */
const MAY_DOUBLE =
  /^(?:that|had|very|no|so|and|tick|chuff|knock|drip|long|far|now|bye|ha|step|on|up|down|round|her|best)$/i;
const WRONG_ARTICLE = /\b(?:a [aeio]\w*|an [bcdfgjklmnpqrstvwz]\w*)\b/i;
const STARTS_SMALL = /(?:^|[.!?] )\p{Ll}/mu;

function quotesOpen(paragraph: string): boolean {
  let depth = 0;
  for (const letter of paragraph) {
    if (letter === '“') depth += 1;
    if (letter === '”') depth -= 1;
    if (depth < 0 || depth > 1) return true;
  }
  return depth !== 0 || (paragraph.match(/"/g)?.length ?? 0) % 2 === 1;
}

function doubled(text: string): Fault | undefined {
  const word = DOUBLED_WORD.exec(text)?.[1];
  return when(word !== undefined && !MAY_DOUBLE.test(word), 1, `"${word} ${word}"`);
}

/** The story without its data: names and interests may hold anything. */
function withoutData({ brief, text }: Reading): string {
  const { child, hero } = brief;
  const own = 'own' in brief.moral ? [brief.moral.own] : [];
  const data = [child?.name, hero?.name, hero?.appearance, brief.previous?.title, ...own, ...(hero?.traits ?? [])]
    .concat(child?.interests ?? [], hero?.interests ?? [], hero?.strengths ?? [])
    .flatMap((value) => (value === undefined || value.trim() === '' ? [] : [value.replace(/\s+/g, ' ').trim()]))
    .toSorted((left, right) => right.length - left.length);
  return data.reduce((rest, value) => rest.replaceAll(value, 'Name'), text);
}

export function scoreLanguage(reading: Reading): PartScore {
  const text = withoutData(reading);
  const leftover = LEFTOVERS.exec(text)?.[0];
  const article = WRONG_ARTICLE.exec(text)?.[0];
  const open = text.split('\n').filter(quotesOpen).length;
  return scored({ name: 'language', weight: 0.1 }, [
    when(leftover !== undefined, 8, `"${leftover}" was left over`),
    when(open > 0, Math.min(6, 2 + open), `${open} paragraphs with a quote that is not closed`),
    when(/ {2}/.test(text), 2, 'double spaces'),
    when(/\s[,.;!?]/.test(text), 2, 'a space before a full stop or comma'),
    when(article !== undefined, 3, `"${article}"`),
    when(STARTS_SMALL.test(text), 2, 'a sentence begins with a small letter'),
    doubled(text),
  ]);
}
