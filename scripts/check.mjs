// npm run check: every rule of the repository, one line each. All steps run; any failure is exit 1.
//
//   node scripts/check.mjs [--only walls,lint] [--list]
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { checkAsync } from './async-gate.mjs';
import { checkBreaking } from './breaking.mjs';
import { run } from './command.mjs';
import { checkReasons } from './error-reasons.mjs';
import { checkFaultQuotes } from './fault-quotes.mjs';
import { checkFileSizes } from './file-sizes.mjs';
import { checkGenerated } from './generated.mjs';
import { checkLinks } from './links.mjs';
import { checkMigrations } from './migrations.mjs';
import { checkWalls } from './walls-check.mjs';

const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');

/** A step that is a program: its output is shown when it fails. */
const program =
  (command, ...args) =>
  async () => {
    const { code, output } = await run(root, command, args, { env: { NO_COLOR: '1' } });
    return code === 0 ? [] : output.trim().split('\n');
  };
const types = async () => [
  ...(await program('tsc', '-b', '--pretty', 'false')()),
  ...(await program('tsc', '-p', 'tsconfig.test.json', '--pretty', 'false')()),
  // What browsers run: JavaScript as it is served, its types in comments.
  ...(await program('tsc', '-p', 'services/gateway/tsconfig.page.json', '--pretty', 'false')()),
];

/** A rule of ours: findings with file and line. */
const rule = (check) => async () => (await check(root)).map(({ file, line, message }) => `${file}:${line} ${message}`);

const STEPS = [
  { name: 'types', run: types, mend: 'npx tsc -b && npx tsc -p tsconfig.test.json   # the same messages, one by one' },
  { name: 'generated', run: rule(checkGenerated), mend: 'npm run generate' },
  {
    name: 'lint',
    run: program('oxlint', '-f', 'unix', '--deny-warnings'),
    mend: 'npx oxlint --fix   # then by hand what is left',
  },
  {
    name: 'format',
    run: program('prettier', '--check', '--no-color', '--log-level', 'warn', '.'),
    mend: 'npm run format',
  },
  { name: 'proto-lint', run: program('buf', 'lint'), mend: 'npx buf lint   # and npx buf format -w' },
  {
    name: 'proto-breaking',
    run: rule(checkBreaking),
    mend: "keep the old field, or: node scripts/breaking.mjs --replace 'why'",
  },
  {
    name: 'walls',
    run: rule(checkWalls),
    mend: 'move the code to the side it belongs to; the table is scripts/walls.mjs',
  },
  {
    name: 'async',
    run: rule(checkAsync),
    mend: 'await the promise form, or move the work into a *.worker.ts; see docs/async-guidelines.md',
  },
  {
    name: 'reasons',
    run: rule(checkReasons),
    mend: 'list the reason in error_reason.proto, grpc/error-codes.ts and docs/errors.md, or delete it from all three',
  },
  {
    name: 'migrations',
    run: rule(checkMigrations),
    mend: 'add now, take away in a later version: docs/operations.md, "Migrations"',
  },
  {
    name: 'faults',
    run: rule(checkFaultQuotes),
    mend: 'let the fault in scripts/faults quote what is there now, and see it red: npm run check:properties -- WORDS',
  },
  { name: 'links', run: rule(checkLinks), mend: 'name the file by its new path, or take the mention away' },
  { name: 'sizes', run: rule(checkFileSizes), mend: 'split by concept', warning: true },
];

const only = argument('--only')?.split(',');
const unknown = only?.filter((name) => !STEPS.some((step) => step.name === name)) ?? [];
if (unknown.length > 0)
  throw new Error(`no such step: ${unknown.join(', ')}; there are ${STEPS.map((step) => step.name).join(', ')}`);
const steps = STEPS.filter((step) => only === undefined || only.includes(step.name));
if (process.argv.includes('--list')) console.log(steps.map((step) => step.name).join('\n'));
else process.exitCode = (await runAll(steps)) ? 0 : 1;

function argument(name) {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : process.argv[at + 1];
}

async function runAll(steps) {
  const waiting = [...steps];
  let passed = true;
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) passed = (await runStep(step)) && passed;
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, lane));
  return passed;
}

async function runStep(step) {
  const start = performance.now();
  const lines = await step.run().catch((error) => [String(error.stack)]);
  const ms = Math.round(performance.now() - start);
  const mark = lines.length === 0 ? green('✓') : step.warning ? yellow('!') : red('✗');
  console.log(`${mark} ${step.name.padEnd(14)} ${String(ms).padStart(6)} ms`);
  if (lines.length > 0) console.log([...lines.map((line) => `    ${line}`), `    mend: ${step.mend}`].join('\n'));
  return lines.length === 0 || step.warning === true;
}

function paint(code) {
  return (text) => (process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text);
}
function green(text) {
  return paint(32)(text);
}
function yellow(text) {
  return paint(33)(text);
}
function red(text) {
  return paint(31)(text);
}
