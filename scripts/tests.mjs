// npm run tests -- unit int [-- paths]: the tests as the gate runs them. Thousands of them use real sockets, processes
// and clocks; on a machine that is taken away for a moment one may be red for that alone. So a spec that is red among all the
// others is asked again, by itself, and has to be green three times in a row: a race that a spec finds now and then is hardly
// missed that way. Who was asked again is named. More than three red specs are nobody's bad moment, and none is asked again.
// With `--stalls MS` every process stands still now and then, which shows who follows the clock; then none is asked again.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from './command.mjs';

const ASKED_AGAIN = 3;
const IN_A_ROW = 3;

const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
const { tokens, positionals, values } = parseArgs({
  options: { stalls: { type: 'string' } },
  allowPositionals: true,
  tokens: true,
});
const end = tokens.findIndex(({ kind }) => kind === 'option-terminator');
const ofPaths = end === -1 ? [] : tokens.slice(end + 1);
const paths = ofPaths.map(({ value }) => value);
const projects = positionals.slice(0, positionals.length - paths.length);
const env = { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules` };
if (values.stalls !== undefined) {
  if (!(Number(values.stalls) > 0)) throw new Error('--stalls wants milliseconds above 0');
  env.NODE_OPTIONS += ` --import ${new URL('stalls.mjs', import.meta.url).href}`;
  env.EXEMPLA_TEST_STALL_MS = values.stalls;
}

const scratch = await mkdtemp(join(tmpdir(), 'exempla-tests-'));
try {
  const first = await jest(paths);
  const again = first.red.length <= ASKED_AGAIN && !values.stalls ? first.red : [];
  const cleared = [];
  for (const spec of again) if (await greenInARow(spec)) cleared.push(spec);
  for (const { path } of cleared) console.log(`asked again: ${path}: green ${IN_A_ROW} times in a row by itself`);
  const mended = cleared.reduce((sum, { failed }) => sum + failed, 0);
  const failed = first.failed - mended;
  // A jest that fails without a red test, or without telling of any, has failed all the same.
  const unexplained = first.code !== 0 && first.red.length === 0;
  const red = first.red.length > cleared.length || unexplained;
  console.log(`${first.passed + mended} passed, ${red ? Math.max(1, failed) : failed} failed`);
  process.exitCode = red ? 1 : 0;
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function greenInARow({ path }) {
  for (let time = 1; time <= IN_A_ROW; time += 1) {
    console.log(`\nasked again (${time} of ${IN_A_ROW}): ${path}`);
    const { code, passed } = await jest([path]);
    if (code !== 0 || passed === 0) return false;
  }
  return true;
}

/** Runs jest; the red specs, each with how many of its tests failed (one that could not be read counts as one). */
async function jest(specs) {
  const outputFile = join(scratch, 'results.json');
  await rm(outputFile, { force: true });
  // Tests of several processes would wait for each other's processor.
  const alone = projects.includes('e2e') || specs.length === 1 ? ['--runInBand'] : [];
  const args = ['--selectProjects', ...projects, ...alone, '--json', '--outputFile', outputFile, '--', ...specs];
  const { code } = await run(root, 'jest', args, { env, echo: true });
  const text = await readFile(outputFile, 'utf8').catch(() => undefined);
  if (text === undefined) return { code: code || 1, passed: 0, failed: 0, red: [] };
  const { testResults, numPassedTests: passed } = JSON.parse(text);
  const red = testResults
    .filter(({ status }) => status === 'failed')
    .map(({ name, assertionResults }) => ({
      path: relative(root, name),
      failed: Math.max(1, assertionResults.filter(({ status }) => status === 'failed').length),
    }));
  return { code, passed, failed: red.reduce((sum, spec) => sum + spec.failed, 0), red };
}
