// npm run verify:requirements: every row of docs/requirements.md names tests that exist and speak of it, and they pass.
//
//   node scripts/verify-requirements.mjs [--list]     --list looks without running
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './command.mjs';
import { CODE_FOLDERS, typescriptBelow } from './source-files.mjs';

const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
const TABLE = 'docs/requirements.md';
const ID = /S\d-\d+(?:\.\.\d+)?/;

const rows = await readRows();
const mentions = await readMentions();
const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const problems = [...rows.flatMap(judge), ...repeated(), ...unlisted()];
for (const { line, message } of problems) console.log(`${TABLE}:${line} ${message}`);

const of = (kind) => rows.filter((row) => row.kind === kind).length;
console.log(
  `${rows.length} requirements: ${of('shown')} shown, ${of('planned')} planned, ${of('not applicable')} not applicable`,
);
const testsFailed = process.argv.includes('--list') ? 0 : await runTests();
const failed = problems.length + testsFailed;
// What is planned has passed nothing yet.
const shown = rows.filter(({ kind, line }) => kind === 'shown' && !problems.some((problem) => problem.line === line));
console.log(`${shown.length} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** `| S0-04 | what | shown by |` */
async function readRows() {
  const lines = (await readFile(join(root, TABLE), 'utf8')).split('\n');
  return lines.flatMap((text, index) => {
    const cells = text.split(/(?<!\\)\|/).map((cell) => cell.trim());
    if (!new RegExp(`^${ID.source}$`).test(cells[1] ?? '')) return [];
    const evidence = cells.at(-2);
    const kind = /^(planned|not applicable):/.exec(evidence)?.[1] ?? 'shown';
    const quoted = [...evidence.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
    return [
      {
        id: cells[1],
        line: index + 1,
        evidence,
        kind,
        tests: quoted.filter((code) => code.endsWith('.ts')),
        verbs: quoted.flatMap((code) => /^npm (?:run )?([\w:]+)/.exec(code)?.[1] ?? []),
      },
    ];
  });
}

/** Which ids each test file speaks of. */
async function readMentions() {
  const paths = (await typescriptBelow(root, CODE_FOLDERS)).filter((path) => path.includes('/test/'));
  const texts = await Promise.all(paths.map((path) => readFile(join(root, path), 'utf8')));
  return new Map(paths.map((path, index) => [path, new Set(texts[index].match(new RegExp(ID.source, 'g')) ?? [])]));
}

function judge(row) {
  const problem = (message) => ({ line: row.line, message: `${row.id} ${message}` });
  if (row.kind !== 'shown') return [];
  if (row.tests.length + row.verbs.length === 0) return [problem('names no test, no npm script, and is not planned')];
  return [
    ...row.tests.filter((path) => !mentions.has(path)).map((path) => problem(`names ${path}, which is not there`)),
    ...row.tests
      .filter((path) => mentions.get(path)?.has(row.id) === false)
      .map((path) => problem(`is not spoken of in ${path}`)),
    ...row.verbs
      .filter((verb) => !(verb in scripts))
      .map((verb) => problem(`names the script ${verb}, which package.json lacks`)),
  ];
}

function repeated() {
  const seen = new Set();
  return rows
    .filter(({ id }) => seen.has(id) || !seen.add(id))
    .map(({ id, line }) => ({ line, message: `${id} stands twice` }));
}

/** A test that claims a requirement is in its row. */
function unlisted() {
  return [...mentions].flatMap(([path, ids]) =>
    [...ids].flatMap((id) => {
      const row = rows.find((candidate) => candidate.id === id);
      if (!row) return [{ line: 1, message: `${path} speaks of ${id}, which has no row` }];
      return row.tests.includes(path)
        ? []
        : [{ line: row.line, message: `${id} is shown by ${path}, which its row does not name` }];
    }),
  );
}

async function runTests() {
  const files = [...new Set(rows.flatMap(({ tests }) => tests))].filter((path) => path.endsWith('.spec.ts'));
  const { code } = await run(root, 'jest', ['--runInBand', '--runTestsByPath', ...files], {
    env: { NODE_OPTIONS: '--experimental-vm-modules' },
    echo: true,
  });
  return code === 0 ? 0 : 1;
}
