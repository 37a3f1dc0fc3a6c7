import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { createLogger, flushLogger, LogPages } from '../src/index.ts';

const run = promisify(execFile);
const source = new URL('../src/index.ts', import.meta.url).href;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exempla-log-'));
});
afterAll(() => rm(directory, { recursive: true }));

const linesOf = async (file: string): Promise<number[]> => {
  const text = await readFile(file, 'utf8');
  return text.split('\n').flatMap((line) => (line ? [(JSON.parse(line) as { n: number }).n] : []));
};
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

/** A process that logs so many lines and then does `end`. */
async function logThen(end: string, count: number): Promise<number[]> {
  const code = `import { createLogger } from ${JSON.stringify(source)};
    const logger = createLogger({ service: 'child' });
    for (let n = 0; n < ${count}; n += 1) logger.info({ n });
    ${end}`;
  const args = ['--conditions=exempla:source', '--input-type=module', '-e', code];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 1 << 24 }).catch(
    (error: { stdout: string }) => error,
  );
  return stdout.split('\n').flatMap((line) => (line ? [(JSON.parse(line) as { n: number }).n] : []));
}

describe('a log', () => {
  it('has every line once, in order, when it is flushed', async () => {
    const file = join(directory, 'flushed');
    const logger = createLogger({ service: 'test', destination: new LogPages(file) });
    for (const n of upTo(5_000)) logger.info({ n, text: 'ü'.repeat(n % 100) });
    await flushLogger(logger);
    expect(await linesOf(file)).toEqual(upTo(5_000));
  });

  it('has a line that stands alone soon, without anybody asking', async () => {
    const file = join(directory, 'alone');
    createLogger({ service: 'test', destination: new LogPages(file) }).info({ n: 0 });
    await eventually('the line is written', async () => (await linesOf(file).catch(() => [])).length === 1);
    expect(await linesOf(file)).toEqual([0]);
  });

  it.each([
    // More than a page where the process waits for it, and less where it does not.
    ['ends', '', 2_000],
    ['exits', 'process.exit(0);', 500],
    ['fails', 'throw new Error("on purpose");', 500],
    ['fails a turn later', 'setImmediate(() => { throw new Error("on purpose"); });', 500],
  ])('is complete when the process %s', async (_, end, count) => {
    expect(await logThen(end, count)).toEqual(upTo(count));
  });
});

it('a reader that stands still is told from one that reads, and waited for no longer than two seconds', async () => {
  const code = `import { createLogger, flushLogger } from ${JSON.stringify(source)};
    const logger = createLogger({ service: 'child' });
    for (let n = 0; n < 20000; n += 1) logger.info({ n });
    if (!(await flushLogger(logger))) process.kill(process.pid, 'SIGKILL');`;
  const args = [
    '--conditions=exempla:source',
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '-e',
    code,
  ];
  // Nobody reads its standard output.
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  } finally {
    child.kill('SIGKILL');
  }
});
