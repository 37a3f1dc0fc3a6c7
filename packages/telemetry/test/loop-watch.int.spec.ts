import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it, jest } from '@jest/globals';

/** A machine that has no time for the process holds its loop first, and what the test does is then not told apart. */
jest.retryTimes(4, { retryImmediately: true });

const run = promisify(execFile);
const source = new URL('../src/index.ts', import.meta.url).href;

interface Line {
  event?: string;
  blockedMs?: number;
  culprit?: string;
  stack?: string[];
  unsaidBefore?: number;
  handles?: number;
}

/** Of its time the process is at work, as a service is under load: then its heart beats fast. */
const LOAD = 'const load = setInterval(() => burnForThe(3), 20);';

/** What a process says that watches its loop and does `work`; it has to end by itself. */
async function said(work: string, args: string[] = [], load = LOAD): Promise<Line[]> {
  const code = `
    import { setTimeout as sleep } from 'node:timers/promises';
    import { createLogger, watchLoop } from ${JSON.stringify(source)};
    function burnForThe(ms) {
      const end = performance.now() + ms;
      let sum = 0;
      while (performance.now() < end) sum += Math.sqrt(sum + 1);
      return sum;
    }
    const logger = createLogger({ service: 'child' });
    ${load}
    const watch = watchLoop({ logger });
    // The watcher is awake by then.
    await sleep(300);
    ${work}
    await sleep(200);
    ${load && 'clearInterval(load);'}`;
  const options = ['--conditions=exempla:source', '--disable-warning=ExperimentalWarning', ...args];
  const { stdout } = await run(process.execPath, [...options, '--input-type=module', '-e', code], { timeout: 20_000 });
  return stdout.split('\n').flatMap((line) => (line ? [JSON.parse(line) as Line] : []));
}

const blocks = (lines: Line[]): Line[] => lines.filter(({ event }) => event === 'loop-blocked');

describe('a loop that stands still', () => {
  it('is told of with the function that held it, and the way there (S3-138)', async () => {
    const [line, ...more] = blocks(await said('function handler() { return burnForThe(400); } handler();'));
    expect(line?.culprit).toMatch(/^burnForThe .*:\d+:\d+$/);
    expect(line?.stack?.join('\n')).toMatch(/burnForThe .*\nhandler /);
    expect(line?.blockedMs).toBeGreaterThan(300);
    expect(more).toEqual([]);
  });

  it('is told of with the function that waits in native code', async () => {
    const wait = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)';
    const [line] = blocks(
      await said(`function waitsForNothing() { ${wait}; return burnForThe(1); } waitsForNothing();`),
    );
    expect(line?.stack?.join()).toMatch(/waitsForNothing/);
  });

  it.each([
    ['a regular expression that goes back and forth', `/^(a+)+$/.test('a'.repeat(24) + 'b'); return 1`],
    ['a text that is parsed', 'const list = JSON.parse(text); return burnForThe(list.length && 1)'],
  ])('is told of with the function that runs %s', async (_, body) => {
    const text = "const text = JSON.stringify(Array.from({ length: 900_000 }, (_, i) => ({ name: 'n' + i })));";
    const [line] = blocks(await said(`${text} await sleep(1_500); function slowHere() { ${body}; } slowHere();`)).slice(
      -1,
    );
    expect([line?.culprit, ...(line?.stack ?? [])].join()).toMatch(/slowHere .*:\d+:\d+/);
  });

  it('runs nothing that waits for its turn while it is looked at', async () => {
    const wait =
      'let held = false; const seen = []; queueMicrotask(() => seen.push(held)); process.nextTick(() => seen.push(held));';
    const lines = await said(
      `${wait} held = true; burnForThe(300); held = false; await sleep(100); logger.info({ stack: seen.map(String) });`,
    );
    expect(blocks(lines)[0]?.culprit).toMatch(/^burnForThe /);
    expect(lines.find(({ event, stack }) => !event && stack)?.stack).toEqual(['false', 'false']);
  });

  it('is told of once a second, with how often it happened meanwhile', async () => {
    const lines = blocks(
      await said(
        'for (let i = 0; i < 4; i += 1) { burnForThe(150); await sleep(150); } await sleep(800); burnForThe(150);',
      ),
    );
    // A machine that has no time for the process holds its loop as well, which counts.
    expect(lines.length).toBeLessThan(5);
    expect(lines.reduce((sum, { unsaidBefore = 0 }) => sum + 1 + unsaidBefore, 0)).toBeGreaterThanOrEqual(5);
  });

  it('is told of without a name where somebody debugs', async () => {
    const [line] = blocks(await said('burnForThe(300);', ['--inspect=127.0.0.1:0']));
    expect(line).toMatchObject({ stack: [] });
    expect(line).not.toHaveProperty('culprit');
  });
});

describe('a process that sleeps', () => {
  it('and is held for long, is told of as well', async () => {
    const [line] = blocks(await said('burnForThe(900);', [], ''));
    expect(line?.culprit).toMatch(/^burnForThe /);
  });
});

describe('a loop that turns', () => {
  it('is not told of, however busy it is', async () => {
    // Once in three: a machine that has no time for the process holds its loop, and that is told of.
    let told: Line[] = [];
    for (let run = 0; run < 3 && (run === 0 || told.length > 0); run += 1)
      told = blocks(await said('for (let i = 0; i < 60; i += 1) { burnForThe(8); await sleep(1); }'));
    expect(told).toEqual([]);
  });

  it('is left alone when the watch has stopped', async () => {
    const work = `await watch.stop(); clearInterval(load); burnForThe(300); await sleep(100);
      logger.info({ handles: process.getActiveResourcesInfo().filter((kind) => kind !== 'Timeout' && kind !== 'PipeWrap').length });`;
    const lines = await said(work);
    expect(blocks(lines)).toEqual([]);
    expect(lines.find(({ handles }) => handles !== undefined)).toMatchObject({ handles: 0 });
  });
});
