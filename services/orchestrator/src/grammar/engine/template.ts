import type { Dice } from './random.ts';
import { capitalised, countWords, titleCased, withArticle } from './words.ts';

/** What stands for `{key}`. `{Key}` begins with a capital, `{a:key}` takes a or an, `{t:key}` is written as in a title. */
export type Slots = Readonly<Record<string, string>>;

const JOIN = / \/(and|but|so)\/ /g;

function splitSentence(_: string, conjunction: string, offset: number, whole: string): string {
  const next = whole.slice(offset + conjunction.length + 4);
  const opening = conjunction === 'and' ? '' : `${capitalised(conjunction)} `;
  // The letter after the join is raised by a mark, since the slot before it is not filled yet.
  return `. ${opening}${opening === '' && /^[a-z{]/.test(next) ? '^' : ''}`;
}

/** `A /and/ b`: one sentence for older listeners, two for young ones. */
const joined = (text: string, long: boolean): string =>
  long ? text.replace(JOIN, ', $1 ') : text.replace(JOIN, splitSentence);

/** Straight quotes of the template become the printed ones; what is put into the slots is left as it is. */
function curled(text: string): string {
  let open = false;
  return text.replaceAll("'", '’').replace(/"/g, () => {
    open = !open;
    return open ? '“' : '”';
  });
}

const choose = (text: string, dice: Dice): string =>
  text.replace(/\[([^[\]]*)\]/g, (_, options: string) => dice.pick(options.split('|')));

function valueOf(slots: Slots, key: string): string {
  const value = slots[key];
  if (value !== undefined) return value;
  const lower = key.slice(0, 1).toLowerCase() + key.slice(1);
  const lowered = lower === key ? undefined : slots[lower];
  if (lowered === undefined) throw new Error(`the story has no {${key}}`);
  return capitalised(lowered);
}

const SLOT = /(\^?)\{(?:(a|A|t):)?(\w+)\}|\^([a-z])/g;

/** An article stays small in the middle of a title. */
const inTitle = (value: string, at: number): string =>
  at === 0 ? titleCased(value) : titleCased(value).replace(/^(?:The|A|An) /, (article) => article.toLowerCase());

function fill(text: string, slots: Slots): string {
  return text.replace(SLOT, (_, raise: string, form: string, key: string, letter: string | undefined, at: number) => {
    if (letter !== undefined) return letter.toUpperCase();
    const value = valueOf(slots, key);
    const formed = form === undefined ? value : form === 't' ? inTitle(value, at) : withArticle(value);
    // Names keep the letters they came with.
    const name = key === 'N' || key === 'C';
    return (raise === '^' || form === 'A') && !name ? capitalised(formed) : formed;
  });
}

export interface Rendering {
  readonly slots: Slots;
  readonly dice: Dice;
  /** Join what the template marks as one sentence or two. */
  readonly longSentences: boolean;
  /** Take the shortest of the wordings. */
  readonly terse: boolean;
}

const shortest = (wordings: readonly string[]): string =>
  wordings.reduce((best, wording) => (countWords(wording) < countWords(best) ? wording : best));

/** One line of a template with its choices made and its slots filled. Data in slots is never read as template. */
export function render(template: string, { slots, dice, longSentences, terse }: Rendering): string {
  const wordings = template.split(' || ');
  const alternative = terse ? shortest(wordings) : dice.pick(wordings);
  return fill(curled(joined(choose(alternative, dice), longSentences)), slots);
}
