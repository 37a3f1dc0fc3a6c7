/** An example sentence of a gloss and, when it is a quotation, who said it. */
export interface Quotation {
  readonly text: string;
  readonly by: string;
}

/** A gloss taken apart. */
export interface Gloss {
  /** Fields and manners of use named in front: `physics`, `slang`. */
  readonly labels: readonly string[];
  /** What it is said of, such as `persons`; empty for most. */
  readonly saidOf: string;
  /** The definition and what was added to it, without labels and quotations, parentheses kept. */
  readonly segments: readonly string[];
  readonly quotations: readonly Quotation[];
}

/** Splits at semicolons that are neither in quotation marks nor in parentheses. */
function splitSegments(text: string): string[] {
  const segments: string[] = [];
  let [depth, inQuote, start] = [0, false, 0];
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') inQuote = !inQuote;
    else if (!inQuote && c === '(') depth++;
    else if (!inQuote && c === ')') depth = Math.max(0, depth - 1);
    // A quotation that was never closed must not swallow the rest.
    const opensQuotation = c === ';' && /^;\s*"/.test(text.slice(i, i + 4));
    if ((c === ';' && !inQuote && depth === 0) || (opensQuotation && inQuote)) {
      segments.push(text.slice(start, i));
      [start, depth, inQuote] = [i + 1, 0, false];
    }
  }
  return [...segments, text.slice(start)].map((segment) => segment.trim()).filter((segment) => segment !== '');
}

const ABBREVIATIONS: readonly (readonly [RegExp, string])[] = [
  [/\be\.g\.,?/g, 'for example'],
  [/\bi\.e\.,?/g, 'that is'],
  [/,? ?\betc\.?(?=\W|$)/g, ' and so on'],
  [/\besp\./g, 'especially'],
  [/\bapprox\./g, 'approximately'],
  [/\bU\.S\.(?:A\.)?/g, 'United States'],
  [/\bU\.K\./g, 'United Kingdom'],
  [/\bw\/o\b/g, 'without'],
  [/\bw\/(?=\s)/g, 'with'],
];

/** Spells abbreviations out and mends the marks of the source. */
export function tidy(text: string): string {
  let tidied = text
    .replace(/`([^`']*)'/g, '“$1”')
    .replace(/\s*--\s*/g, ', ')
    .replace(/\s+/g, ' ');
  for (const [pattern, spelled] of ABBREVIATIONS) tidied = tidied.replace(pattern, spelled);
  return tidied
    .replace(/\s+([,;.])/g, '$1')
    .replace(/,,+/g, ',')
    .trim();
}

function readQuotation(segment: string): Quotation | undefined {
  const match = /^(?:as in:? )?"([^"]+)"?\s*(?:(?:-+|;|,|by)\s*([A-Z][^"]*))?/.exec(segment);
  return match?.[1] === undefined ? undefined : { text: tidy(match[1]), by: tidy(match[2] ?? '').replace(/[.,]$/, '') };
}

/** Words in front that say how the term is used rather than what it means. */
const SAID_OF =
  /^(?:used |said )?(?:especially |chiefly |usually |often |mainly )?(?:used )?(?:especially )?of (?:a |an |the )?(.+)$/;
const USAGE_NOTE =
  /^(?:(?:usually |often |sometimes |frequently )?(?:used )?(?:followed by|used in|in combination|postpositive|predicate|attributive)|used as)/;

function readLabel(label: string): { labels: string[]; saidOf: string } {
  const saidOf = SAID_OF.exec(label)?.[1];
  if (saidOf !== undefined) return { labels: [], saidOf: label.replace(/^.*?\bof /, '') };
  return { labels: USAGE_NOTE.test(label) ? [] : [label], saidOf: '' };
}

const MAX_KEPT = 4_000;
const kept = new Map<string, Gloss>();

/** Takes a gloss apart. Pure, and kept: the six kinds of one term read the same glosses again and again. */
export function readGloss(raw: string): Gloss {
  const known = kept.get(raw);
  if (known) return known;
  const gloss = takeApart(raw);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(raw, gloss);
  return gloss;
}

function takeApart(raw: string): Gloss {
  const quotations: Quotation[] = [];
  const segments: string[] = [];
  for (const segment of splitSegments(raw)) {
    const quotation = segment.startsWith('"') || /^as in:? "/.test(segment) ? readQuotation(segment) : undefined;
    // `definition "example"`: the semicolon was forgotten.
    const glued = /^(.*\w[)\w]) ?"([^"]{12,})"$/.exec(segment);
    if (quotation) quotations.push(quotation);
    else if (glued?.[1] !== undefined && glued[2] !== undefined && glued[2].includes(' ')) {
      segments.push(glued[1]);
      quotations.push({ text: tidy(glued[2]), by: '' });
    } else if (/\w/.test(segment)) segments.push(segment);
  }
  return { ...withoutLabels(segments.map(tidy)), quotations };
}

/** Takes the parentheses off the front: `(law) a binding agreement`. */
function withoutLabels(segments: readonly string[]): Omit<Gloss, 'quotations'> {
  const labels: string[] = [];
  let saidOf = '';
  let first = segments[0] ?? '';
  for (
    let match = /^\(([^()]*)\) *[:,]? */.exec(first);
    match && match[0].length < first.length;
    match = /^\(([^()]*)\) *[:,]? */.exec(first)
  ) {
    const read = readLabel(match[1] ?? '');
    labels.push(...read.labels);
    saidOf ||= read.saidOf;
    first = first.slice(match[0].length);
  }
  const rest = segments.slice(1);
  // `used of locations; having beautiful natural scenery`: the parentheses were forgotten.
  if (rest.length > 0 && /^(?:used|said) /.test(first) && SAID_OF.test(first)) {
    saidOf ||= readLabel(first).saidOf;
    first = '';
  }
  return { labels, saidOf, segments: [first, ...rest].filter((segment) => segment !== '') };
}

/** Drops what stands in parentheses; what is left reads on. */
export function withoutParentheses(text: string): string {
  let plain = text;
  for (let before = ''; before !== plain;) {
    before = plain;
    plain = plain.replace(/\s*\([^()]*\)/g, '');
  }
  // A parenthesis that was never closed goes to the end.
  return plain
    .replace(/\s*\([^)]*$/, '')
    .replace(/\)/g, '')
    .replace(/\s+([,;.:])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
