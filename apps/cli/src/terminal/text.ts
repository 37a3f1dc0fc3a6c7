const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const ELLIPSIS = '…';

function characterWidth(character: string): number {
  if (NO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Columns a text without control characters takes on a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** Text from elsewhere must not move the cursor or change colours. */
export const harmless = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();

/** The text in `width` columns, cut if need be. */
export function fit(text: string, width: number): string {
  if (width <= 0) return '';
  if (widthOf(text) <= width) return text + ' '.repeat(width - widthOf(text));
  return fit(takeColumns(text, width - 1)[0] + ELLIPSIS, width);
}

/** As `fit`, at the right end. */
export const fitRight = (text: string, width: number): string =>
  widthOf(text) >= width ? fit(text, width) : ' '.repeat(width - widthOf(text)) + text;

/** Splits off what fits into `columns`. */
function takeColumns(text: string, columns: number): [taken: string, rest: string] {
  let width = 0;
  let at = 0;
  for (const character of text) {
    width += characterWidth(character);
    if (width > columns) break;
    at += character.length;
  }
  return [text.slice(0, at), text.slice(at)];
}

/** Breaks a text between words into lines of at most `width` columns; a word that is longer is broken itself. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of harmless(text)
    .split(/\s+/)
    .flatMap((long) => breakWord(long, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthOf(longer) <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function breakWord(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  const [taken, rest] = takeColumns(word, width);
  // A column narrower than one character would break for ever.
  return taken === '' ? [word] : [taken, ...breakWord(rest, width)];
}

/** `1,234`. Formats of Intl take milliseconds to make: none is made before there is a number. */
export const whole = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 });

/** `950 B`, `396 kB`, `1.2 MB`, `54.2 GB` */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  if (count < 1e6) return `${Math.round(count / 1000)} kB`;
  return count < 1e9 ? `${(count / 1e6).toFixed(1)} MB` : `${(count / 1e9).toFixed(1)} GB`;
}
