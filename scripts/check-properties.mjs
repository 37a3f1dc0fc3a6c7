// npm run check:properties: takes away what is promised, one promise at a time, in a copy of the tree, and demands that the
// spec which guards it goes red. A test that stays green without what it tests is no test. Where something is kept twice, one
// of the two is taken away and the spec has to stay green.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from './command.mjs';
import { copyTree } from './copy-tree.mjs';
import { PROPERTY_FAULTS } from './faults/properties.mjs';
import { sampleOf } from './faults/sample.mjs';

const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
/** Two at a time, each in a copy of its own. */
const LANES = 2;
/** A test that waits for what was taken away gives up then; one that has to be green has the time it always has. */
const GIVE_UP = ['--testTimeout', '15000'];
/** Parts of a title after `npm run check:properties --`; without any, all are tried. `--sample N`: N of them. */
const { values: options, positionals: wanted } = parseArgs({
  options: { sample: { type: 'string' } },
  allowPositionals: true,
});
const asked = PROPERTY_FAULTS.filter(({ promise }) => wanted.every((part) => promise.includes(part)));
const faults = options.sample === undefined ? asked : await sampleOf(asked, Number(options.sample), root);
if (faults.length < asked.length)
  console.log(`${faults.length} of ${asked.length} promises; without --sample all are tried`);

let passed = 0;
let failed = 0;
const copies = await Promise.all(Array.from({ length: LANES }, () => mkdtemp(join(tmpdir(), 'exempla-properties-'))));
try {
  await Promise.all(copies.map((copy) => copyTree(root, copy)));
  const specs = [...new Set(faults.map(({ spec }) => spec))];
  await inLanes(specs, async (copy, spec) => {
    const { code, output } = await greenOrAskedAgain(copy, spec, []);
    tell(code === 0, `green before: ${spec}`, output);
  });
  await inLanes(faults, tryFault);
} finally {
  await Promise.all(copies.map((copy) => rm(copy, { recursive: true, force: true })));
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function inLanes(all, work) {
  const waiting = [...all];
  const lane = async (copy) => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await work(copy, next);
  };
  await Promise.all(copies.map(lane));
}

async function tryFault(copy, { promise, spec, file, from, to, test, stays = 'red' }) {
  const path = join(copy, file);
  const whole = await readFile(path, 'utf8');
  if (!whole.includes(from)) return tell(false, promise, `${file} has no ${JSON.stringify(from)}`);
  await writeFile(path, stays === 'green' ? whole.replaceAll(from, to) : whole.replace(from, to));
  try {
    const { code, output } =
      stays === 'red'
        ? await jest(copy, spec, [...GIVE_UP, ...only(test)])
        : await greenOrAskedAgain(copy, spec, only(test));
    tell(isAs(stays, code, output), `without: ${promise} → ${spec} ${stays}`, output);
  } finally {
    await writeFile(path, whole);
  }
}

/** A file that cannot be read is red as well, and one whose tests are all skipped is green: both prove nothing. */
function isAs(stays, code, output) {
  const tests = /^Tests: +(.*)/m.exec(output)?.[1] ?? '';
  return stays === 'green' ? code === 0 && /[1-9]\d* passed/.test(tests) : code !== 0 && /\d+ failed/.test(tests);
}

/** Where green is what is demanded, one bad moment of the machine is not enough to miss it. */
async function greenOrAskedAgain(copy, spec, options) {
  const first = await jest(copy, spec, options);
  return first.code === 0 ? first : jest(copy, spec, options);
}

function only(test) {
  return test ? ['-t', test] : [];
}

function jest(copy, spec, options) {
  const project = /\.int\.spec\.ts$/.test(spec) ? 'int' : 'unit';
  const args = ['--selectProjects', project, '--runInBand', '--forceExit', ...options, '--', spec];
  const env = { NODE_OPTIONS: '--experimental-vm-modules', NO_COLOR: '1', FORCE_COLOR: '0' };
  return run(copy, 'jest', args, { env });
}

function tell(held, what, output) {
  if (held) passed += 1;
  else failed += 1;
  console.log(`${held ? '✓' : '✗'} ${what}`);
  if (!held)
    console.log(
      output
        .split('\n')
        .slice(-40)
        .map((line) => `    ${line}`)
        .join('\n'),
    );
}
