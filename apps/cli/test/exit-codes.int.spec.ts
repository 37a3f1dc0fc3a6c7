import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { status } from '@exempla/rpc';
import { EXIT, exitCodeOf } from '../src/terminal/exit-codes.ts';

const table = [
  ...(await readFile(new URL('../../../docs/cli.md', import.meta.url), 'utf8')).matchAll(
    /^\| (\d[\d, ]*?) +\| (.*) \|$/gm,
  ),
];

describe('the exit codes of docs/cli.md', () => {
  it('are all there are', () => {
    const codes = table.flatMap(([, listed]) => listed!.split(', ').map(Number));
    expect(new Set(codes)).toEqual(new Set([...Object.values(EXIT), 130, 143]));
  });

  it('are those of the statuses it names; the others are 1', () => {
    const named = new Map(
      table.flatMap(([, code, when]) => [...when!.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => [name!, Number(code)])),
    );
    const all = Object.keys(status).filter((name) => Number.isNaN(Number(name)) && name !== 'OK');
    for (const name of all)
      expect([name, exitCodeOf(status[name as keyof typeof status])]).toEqual([name, named.get(name) ?? 1]);
  });
});
