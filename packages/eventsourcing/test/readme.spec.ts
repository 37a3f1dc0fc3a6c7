import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { result } from './readme-example.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('the README', () => {
  it('shows the example that is compiled and run here', () => {
    const [, example] = /```ts\n(.*?)```/s.exec(read('../README.md'))!;
    expect(example).toBe(read('readme-example.ts'));
    expect(result).toEqual({ version: 1, total: 500 });
  });
});
