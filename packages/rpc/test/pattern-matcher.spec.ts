import { readdir, readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { RE2JS } from '@bufbuild/re2';
import { isPlain, matches } from '../src/pattern-matcher.ts';

const PROTOS = new URL('../../../proto/', import.meta.url);

/** Every pattern a proto of the mesh names. */
async function patternsOfTheMesh(): Promise<string[]> {
  const files = (await readdir(PROTOS, { recursive: true })).filter((file) => file.endsWith('.proto'));
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, PROTOS), 'utf8')));
  const found = texts.flatMap((text) => [...text.matchAll(/pattern(?::| =) ("(?:[^"\\]|\\.)*")/g)].map(([, p]) => p!));
  return [...new Set(found.map((quoted) => JSON.parse(quoted) as string))];
}

/** A small generator of numbers, so that a failure can be had again. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32;
}

const PIECES = [
  'a',
  'Z',
  '0',
  '-',
  '/',
  '.',
  ' ',
  '~',
  '!',
  '\n',
  '\r',
  '\u0000',
  '\u0085',
  '\u2028',
  'é',
  '漢',
  '𝒳',
  '',
];

/** Texts near a pattern (its own letters, cut and joined) and far from it. */
function texts(pattern: string, next: () => number): string[] {
  const words = [
    '',
    'en',
    'nl-BE',
    'streams/a',
    'children/0af7',
    `objects/${'x'.repeat(70)}`,
    pattern.replaceAll(/[\^$]/g, ''),
  ];
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const cut = (text: string): string => text.slice(0, Math.floor(next() * (text.length + 1)));
  return Array.from({ length: 300 }, () => cut(pick(words)) + pick(PIECES) + cut(pick(words)) + pick(PIECES));
}

describe('matches', () => {
  let patterns: string[];
  beforeAll(async () => {
    patterns = await patternsOfTheMesh();
  });

  it('says the same as RE2 for every pattern of the mesh, on 300 texts each', () => {
    expect(patterns.length).toBeGreaterThan(15);
    const next = random(7);
    const different = patterns.flatMap((pattern) =>
      texts(pattern, next)
        .filter((text) => matches(pattern, text) !== RE2JS.compile(pattern).test(text))
        .map((text) => ({ pattern, text })),
    );
    expect(different).toEqual([]);
  });

  it('takes those that are met most by the engine of JavaScript', () => {
    const plain = patterns.filter(isPlain);
    expect(plain).toContain('^[^\\p{Cc}]*$');
    expect(plain).toContain('^[!-~]*$');
    expect(plain).toContain('^stories/[A-Za-z0-9-]{1,64}$');
    expect(plain).toContain('^[A-Za-z0-9][A-Za-z0-9._/-]*$');
  });

  it.each([
    ['what could be gone back to', '^[ab]*[ab]*$'],
    ['what is not anchored at its start', '[a-z]+$'],
    ['what is not anchored at its end', '^[a-z]+'],
    ['groups', '^(a|b)$'],
    ['a group that repeats', '^([a-z]+)*$'],
    ['alternatives', '^a|b$'],
    ['any character: JavaScript leaves more out', '^.*$'],
    ['spaces, which are not the same', '^\\s$'],
    ['letters of Unicode, whose tables may differ', '^\\p{L}$'],
    ['classes by name', '^[[:alpha:]]$'],
    ['flags', '^(?i)a$'],
    ['a lazy repetition', '^a+?$'],
    ['an end that is escaped', '^a\\$'],
  ])('leaves %s to RE2', (_, pattern) => {
    expect(isPlain(pattern)).toBe(false);
  });

  it('is linear where going back would be exponential', () => {
    expect(matches('^(a+)+$', `${'a'.repeat(50_000)}!`)).toBe(false);
  });

  it('refuses what RE2 does not know', () => {
    expect(() => matches('^(?=a)$', 'a')).toThrow(/unsupported Perl syntax/);
  });
});
