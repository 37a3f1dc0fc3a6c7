import { describe, expect, it } from '@jest/globals';
import { bytes, fit, fitRight, harmless, widthOf, wrap } from '../src/terminal/text.ts';

describe('wrap', () => {
  it('breaks between words and loses none', () => {
    const text = 'the quick brown fox jumps over the lazy dog';
    const lines = wrap(text, 12);
    expect(lines.join(' ')).toBe(text);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(12);
  });

  it('breaks a word that is too long for a line', () => {
    expect(wrap('a pneumonoultramicroscopic b', 10)).toEqual(['a', 'pneumonoul', 'tramicrosc', 'opic b']);
  });

  it('counts columns, not characters', () => {
    expect(widthOf('日本語')).toBe(6);
    expect(widthOf('e\u0301')).toBe(1);
    expect(wrap('日本語', 4)).toEqual(['日本', '語']);
    expect(wrap('日', 1)).toEqual(['日']);
  });

  it('lets no control character through', () => {
    expect(wrap('a\u001b[31mred\u0007\nb', 20)).toEqual(['a [31mred b']);
    expect(harmless('\r\nx\u009b2J')).toBe('x 2J');
  });
});

describe('fit', () => {
  it('fills and cuts to the very width', () => {
    expect(fit('ab', 4)).toBe('ab  ');
    expect(fit('abcdef', 4)).toBe('abc…');
    expect(fit('日本語', 4)).toBe('日… ');
    expect(fitRight('7', 3)).toBe('  7');
  });

  it('shows nothing where there is no room', () => {
    expect(fit('abc', 1)).toBe('…');
    expect(fit('abc', 0)).toBe('');
    expect(fit('abc', -3)).toBe('');
  });
});

describe('bytes', () => {
  it.each([
    [999, '999 B'],
    [396_044, '396 kB'],
    [1_234_567, '1.2 MB'],
  ])('%d is %s', (count, text) => expect(bytes(count)).toBe(text));
});
