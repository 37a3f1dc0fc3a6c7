import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { noNetwork } from '../src/index.ts';

const PROGRAM = fileURLToPath(new URL('programs/reach-out.mjs', import.meta.url));
const WAYS = [
  'connect 192.0.2.1:443',
  'connect exempla.test:443',
  'connect exempla.test:80',
  'connect exempla.test:443',
  'lookup exempla.test',
  'resolveTxt exempla.test',
  'lookup exempla.test',
  'resolve4 exempla.test',
  'datagram send 192.0.2.1',
  'datagram connect 192.0.2.1',
];

describe('a process without a network', () => {
  it('is refused each way out, and seen to try it, also in threads and processes of its own', async () => {
    await using network = await noNetwork();
    const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM], { env: { ...network.env } });
    const said = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { codes: string[]; here: string });
    const reached = await network.reached();

    // The main thread, the worker, the child.
    expect(said).toHaveLength(3);
    for (const { codes } of said) expect(codes).toEqual(WAYS.map(() => 'ENETUNREACH'));
    const by = Map.groupBy(reached, ({ pid, thread }) => `${pid} ${thread}`);
    expect([...by.values()].map((all) => all.map(({ what, to }) => `${what} ${to}`))).toEqual([WAYS, WAYS, WAYS]);
    expect(await network.guarded()).toEqual({ programs: new Set([PROGRAM]), threads: 1 });
  });
});
