/** What a list in prose is split at. */
export interface ItemOptions {
  /** Shorter ones are dropped, characters; 2 when absent. */
  readonly minLength?: number;
  /** Whether a line with commas is several items, as of single words; false when absent. */
  readonly commas?: boolean;
}

const FENCE = /^\s*(```|~~~)/;
const RULE = /^\s*([-*_=]\s*){3,}$/;
/** `-`, `*`, `•`, `1.`, `2)`, `(3)`, `a)`: what lists begin their lines with; a checkbox may follow. */
const BULLET = /^\s*(?:[-*+•‣◦–—·▪]\s+|\(?\d{1,3}[.):]\s*(?!\d)|\(?[a-z][.)]\s+)+(?:\[[ xX]\]\s+)?/;
const HEADING = /^\s*#{1,6}\s/;
/** `Synonyms:`, `**Examples**`, `Here are five words:`: a line that only announces others. */
const ANNOUNCES = /:\s*$/;
const BOLD_LINE = /^\s*(\*\*|__)[^*_]+\1:?\s*$/;
const QUOTES: readonly (readonly [open: string, close: string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['„', '“'],
  ['„', '”'],
  ['‘', '’'],
  ['«', '»'],
  ['»', '«'],
  ['**', '**'],
  ['__', '__'],
  ['*', '*'],
];

/**
 * The items of a list that a model wrote, whatever it put around them: bullets, numbers and quotes are taken off, headings and
 * announcements left out, what is too short dropped, and what was said before too.
 */
export function listItems(text: string, { minLength = 2, commas = false }: ItemOptions = {}): string[] {
  const items = text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .filter((line) => !isFrame(line))
    .flatMap((line) => (commas ? splitAtCommas(line) : [line]))
    .map(bare)
    .filter((item) => item.length >= minLength);
  return distinct(items);
}

/** Without repetitions that differ in case or in a final full stop only. */
export function distinct(items: readonly string[]): string[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = item.toLowerCase().replace(/\.$/, '');
    return !seen.has(key) && seen.add(key);
  });
}

const isFrame = (line: string): boolean =>
  FENCE.test(line) || RULE.test(line) || HEADING.test(line) || ANNOUNCES.test(line) || BOLD_LINE.test(line);

/** `Synonyms: quick, fast and swift` is what follows the colon. */
function splitAtCommas(line: string): string[] {
  const listed = line.replace(BULLET, '').replace(/^[^:,]{1,40}:\s+/, '');
  return listed.split(/[,;、]/);
}

function bare(line: string): string {
  let item = line.replace(BULLET, '').trim();
  for (let again = true; again;) {
    const inner = unquoted(item);
    again = inner !== item;
    item = inner;
  }
  return item;
}

function unquoted(item: string): string {
  for (const [open, close] of QUOTES) {
    const ends = item.startsWith(open) && item.endsWith(close) && item.length > open.length + close.length;
    const inner = ends ? item.slice(open.length, -close.length) : item;
    // `"a" and "b"` is not one quotation.
    if (ends && !inner.includes(close)) return inner.trim();
  }
  return item;
}
