// npm run check:self: plants each fault alone in a copy of the tree and demands that its rule goes red and names it.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { run } from './command.mjs';
import { copyTree, ignoreDeleted } from './copy-tree.mjs';
import { FAULTS } from './faults/index.mjs';

const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');

/** Two faults at a time, each in a copy of its own. */
const LANES = 2;

const copies = await Promise.all(Array.from({ length: LANES }, () => mkdtemp(join(tmpdir(), 'exempla-check-self-'))));
try {
  await Promise.all(copies.map((copy) => copyTree(root, copy)));
  const results = [...(await green(copies[0])), ...(await planted())];
  const failed = results.filter((passed) => !passed).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  await Promise.all(copies.map((copy) => rm(copy, { recursive: true, force: true })));
}

/** The rules are content before anything is planted; otherwise a red one would prove nothing. */
async function green(copy) {
  const commands = [...new Set(FAULTS.map((fault) => fault.command.join(' ')))];
  return Promise.all(
    commands.map(async (command) => {
      const start = performance.now();
      const { code, output } = await run(copy, 'node', command.split(' '));
      return report(code === 0, `green before: ${command}`, start, output);
    }),
  );
}

async function planted() {
  const waiting = [...FAULTS];
  const results = [];
  const lane = async (copy) => {
    for (let fault = waiting.shift(); fault; fault = waiting.shift()) results.push(await tryFault(copy, fault));
  };
  await Promise.all(copies.map(lane));
  return results;
}

async function tryFault(copy, fault) {
  const start = performance.now();
  const restore = await plant(copy, fault);
  try {
    const { code, output } = await run(copy, 'node', fault.command, { env: { NO_COLOR: '1' } });
    if (fault.allowed) return report(code === 0, fault.name, start, output);
    const line = fault.line ?? (await lineOf(copy, fault));
    const expected = `${fault.file}:${line}`;
    const named = output.split('\n').some((text) => text.includes(expected) && fault.says.test(text));
    const why = code === 0 ? 'it stayed green' : `no line with ${expected} and ${fault.says}`;
    return report(code !== 0 && named, fault.name, start, `${why}\n${output}`);
  } finally {
    await restore();
  }
}

/** Writes or edits the files of a fault; hands back how to undo it. */
async function plant(copy, fault) {
  const before = new Map();
  for (const [path, change] of Object.entries(fault.files)) {
    const old = await readFile(join(copy, path), 'utf8').catch((error) => ignoreDeleted(error));
    before.set(path, old);
    const text = typeof change === 'function' ? change(old ?? '') : change;
    if (text === old) throw new Error(`${fault.name}: the edit of ${path} changed nothing`);
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await writeFile(join(copy, path), text);
  }
  return async () => {
    for (const [path, old] of before) {
      if (old === undefined) await rm(join(copy, path));
      else await writeFile(join(copy, path), old);
    }
  };
}

/** The line that carries the fault, found by its text, so that edits of the file do not move the expectation. */
async function lineOf(copy, { file, marker }) {
  const lines = (await readFile(join(copy, file), 'utf8')).split('\n');
  const at = lines.findIndex((line) => line.includes(marker));
  if (at === -1) throw new Error(`${file} has no line with ${marker}`);
  return at + 1;
}

function report(passed, name, start, detail) {
  console.log(`${passed ? '✓' : '✗'} ${name}  ${Math.round(performance.now() - start)} ms`);
  if (!passed)
    console.log(
      detail
        .split('\n')
        .slice(0, 12)
        .map((line) => `    ${line}`)
        .join('\n'),
    );
  return passed;
}
