import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const script = new URL('../../../bench/lemmas.mjs', import.meta.url).pathname;

interface Summary {
  answers: number;
  codes: Record<string, number>;
  shares: Record<string, { share: number; floor: number }>;
}

it('900 lemmas through the mesh: every call answers, and each kind has its share (S0-07)', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--json']).catch(
    (failed: { stdout: string }) => failed,
  );
  const { answers, codes, shares } = JSON.parse(stdout) as Summary;
  expect(codes).toEqual({ OK: answers });
  expect(answers).toBe(900);
  const short = Object.entries(shares).filter(([, { share, floor }]) => share < floor);
  expect(short).toEqual([]);
}, 300_000);
