import { describe, expect, it } from '@jest/globals';
import { LineSplitter, parseLine } from '../src/processes/line-splitter.ts';

/** All lines of `text` when its bytes come in chunks of `size`. */
function linesInChunksOf(size: number, text: string): string[] {
  const bytes = Buffer.from(text);
  const splitter = new LineSplitter();
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += size) lines.push(...splitter.push(bytes.subarray(at, at + size)));
  return [...lines, ...splitter.end()];
}

describe('LineSplitter', () => {
  it.each([1, 2, 3, 5, 1000])('finds the same lines in chunks of %d bytes', (size) => {
    expect(linesInChunksOf(size, 'één\r\n{"日本":"語"}\n\nlast')).toEqual(['één', '{"日本":"語"}', '', 'last']);
  });

  it('has nothing left after a final newline', () => {
    expect(linesInChunksOf(4, 'a\nb\n')).toEqual(['a', 'b']);
  });

  it('keeps a line without end from growing for ever', () => {
    const splitter = new LineSplitter();
    for (let i = 0; i < 4; i += 1) expect(splitter.push(Buffer.alloc(1 << 20, 'x'))).toEqual([]);
    expect(splitter.end()[0]?.length).toBe(1 << 20);
  });
});

describe('parseLine', () => {
  it('reads objects and leaves everything else as text', () => {
    expect(parseLine('{"a":1}')).toEqual({ a: 1 });
    for (const text of ['', 'plain', '[1]', '{broken', '"x"']) expect(parseLine(text)).toBeUndefined();
  });
});
