import { ExampleKind } from '@exempla/contracts/type/v1/example';
import { InvalidArgumentError } from 'commander';
import { parseDurationMs } from '../requests/duration.ts';
import { GENDERS, type GenderWord } from '../requests/story.ts';

// What the command line says, as values. Whether a value is allowed is for the services to say; here it only has to be
// one that a request can carry.

export function duration(text: string): number {
  try {
    return parseDurationMs(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && Math.abs(value) < 2 ** 31) return value;
  throw new InvalidArgumentError(`"${text}" is not a whole number.`);
}

export function seed(text: string): number {
  const value = wholeNumber(text);
  if (value >= 0) return value;
  throw new InvalidArgumentError(`"${text}" is below 0.`);
}

const AMOUNT = /^(?<units>\d{1,9})(?:\.(?<places>\d{1,6}))?$/;

/** Millionths of `2.50`, or `none`. */
export function limit(text: string): bigint | 'none' {
  if (text === 'none') return 'none';
  const { units, places = '' } = AMOUNT.exec(text)?.groups ?? {};
  if (units === undefined) throw new InvalidArgumentError(`"${text}" is not an amount such as 2.50, nor none.`);
  return BigInt(units + places.padEnd(6, '0'));
}

/** Entries between commas. */
export const list = (text: string): string[] =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** A path; the empty one names the folder we are in. */
export function file(path: string): string {
  if (path !== '') return path;
  throw new InvalidArgumentError('"" is not a file name.');
}

/** An option that may be repeated. */
export const repeated = (text: string, before: readonly string[] = []): string[] => [...before, text];

export function gender(word: string): GenderWord {
  if (Object.hasOwn(GENDERS, word)) return word as GenderWord;
  throw new InvalidArgumentError(`"${word}" is not one of female, male, other.`);
}

/** `children/1` of `1` and of itself: the folder may be left out. */
export const nameIn =
  (folder: string) =>
  (text: string): string => {
    const name = text.includes('/') ? text : `${folder}/${text}`;
    // As of a variable of the shell that is empty.
    if (name.startsWith(`${folder}/`) && name !== `${folder}/`) return name;
    throw new InvalidArgumentError(`"${text}" does not name one of ${folder}: give its ID, or ${folder}/ID.`);
  };

const KINDS = new Map(
  Object.entries(ExampleKind).flatMap(([name, value]) =>
    typeof value === 'number' && value > 0 ? [[name.replace('EXAMPLE_KIND_', '').toLowerCase(), value] as const] : [],
  ),
);

export function kinds(text: string): ExampleKind[] {
  return list(text).map((word) => {
    const kind = KINDS.get(word.toLowerCase());
    if (kind === undefined) throw new InvalidArgumentError(`"${word}" is not one of ${[...KINDS.keys()].join(', ')}.`);
    return kind;
  });
}
