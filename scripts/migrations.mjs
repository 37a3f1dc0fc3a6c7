// Migrations expand first and contract later: while version N rolls out, services of N−1 work on the same database, and nobody
// waits behind a lock for as long as a table is large. What would break that is found here.
//
// Two lines at the top of a file allow it:
//   -- contract: version N-1 no longer uses <what>          for what takes away or narrows
//   -- locks storage.<table>: <why nobody waits long>       for what locks that table while it is read through
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesBelow } from './source-files.mjs';
import { sqlStatements } from './sql-statements.mjs';

const FOLDER = 'services/storage/migrations';
/** Those before it are in the first release: no version N−1 was ever without them. */
const FIRST_JUDGED = 7;

const CONTRACT = /^-- contract: version N-1 no longer uses \S/m;
const LOCKS = /^-- locks (storage\.\w+): \S/gm;

const NAME = String.raw`(?:only\s+)?(?:if\s+(?:not\s+)?exists\s+)?([\w."]+)`;

/** In any statement, of any table. */
const NEVER = [
  [/\bconcurrently\b/, 'cannot run in a transaction, and a migration is one'],
  [/^(?:begin(?!\s+atomic)|commit|rollback|start\s+transaction)\b/, 'a migration is one transaction already'],
  [/^(?:vacuum|cluster|reindex)\b/, 'is no change of the schema: do it outside of a migration'],
];

/** Takes away or narrows what N−1 may count on. `onNew` is fine for a table made in the same file. */
const CONTRACTING = [
  [/^drop\b/, 'takes away what version N-1 may use'],
  [/^truncate\b/, 'takes rows away'],
  [/^delete\b/, 'takes rows away'],
  [/^alter\b.*\brename\b/s, 'version N-1 looks for the old name'],
  [new RegExp(`^alter\\s+table\\s+${NAME}\\s.*\\bdrop\\b`, 's'), 'takes away what version N-1 may use'],
  [
    new RegExp(`^alter\\s+table\\s+${NAME}\\s.*\\balter\\b[^,]*\\btype\\b`, 's'),
    'changes a type version N-1 counts on',
  ],
  [new RegExp(`^alter\\s+table\\s+${NAME}\\s.*\\bset\\s+not\\s+null\\b`, 's'), 'version N-1 may leave it null'],
  [
    new RegExp(`^alter\\s+table\\s+${NAME}\\s.*\\badd\\s+(?:constraint|check|unique|primary|foreign|exclude)\\b`, 's'),
    'version N-1 may write what it refuses',
  ],
  [/^create\s+unique\s+index\b.*?\son\s+(?:only\s+)?([\w."]+)/s, 'version N-1 may write what it refuses'],
  [
    new RegExp(`^alter\\s+table\\s+${NAME}\\s.*\\b(?:enable|force)\\s+row\\s+level\\s+security\\b`, 's'),
    'version N-1 may read without what the policies ask for',
  ],
];

/** Holds up those who write, for as long as the table is large. */
const LOCKING = [
  [/^create\s+(?:unique\s+)?index\b.*?\son\s+(?:only\s+)?([\w."]+)/s, 'stops writers while it is built'],
  [/^update\s+(?:only\s+)?([\w."]+)/, 'locks the rows until the migration is done'],
];

export async function checkMigrations(root) {
  const paths = (await filesBelow(root, FOLDER)).filter((path) => path.endsWith('.sql'));
  const files = await Promise.all(
    paths.map(async (file) => ({ file, text: await readFile(join(root, file), 'utf8') })),
  );
  const rowFunctions = files.flatMap(({ text }) => rowFunctionsIn(text));
  const judged = files.filter(({ file }) => Number(file.split('/').at(-1).slice(0, 4)) >= FIRST_JUDGED);
  return judged.flatMap(({ file, text }) => findingsIn(file, text, rowFunctions));
}

/** Functions whose result is the row of a table: `{ name, table }`. They fail as soon as it has a column more. */
function rowFunctionsIn(text) {
  return sqlStatements(text).flatMap(({ sql }) => {
    const [, name, table] =
      /^create\s+(?:or\s+replace\s+)?function\s+([\w.]+).*?\breturns\s+(?:setof\s+)?(storage\.\w+)/s.exec(sql) ?? [];
    return name ? [{ name, table }] : [];
  });
}

function findingsIn(file, text, rowFunctions) {
  const head = text.split(/^(?!--)/m)[0];
  const statements = sqlStatements(text);
  const made = new Set(statements.flatMap(({ sql }) => new RegExp(`^create\\s+table\\s+${NAME}`).exec(sql)?.[1] ?? []));
  const locks = new Set([...head.matchAll(LOCKS)].map(([, table]) => table));
  const isContract = CONTRACT.test(head);
  const renewed = new Set(rowFunctionsIn(text).map(({ name }) => name));
  const stale = rowFunctions.filter(({ name }) => !renewed.has(name));
  return statements.flatMap(({ sql, line }) => {
    const finding = problemOf(sql, { made, locks, isContract, stale });
    return finding ? [{ file, line, message: finding }] : [];
  });
}

function problemOf(sql, { made, locks, isContract, stale }) {
  const matches = (rules) => rules.map(([rule, why]) => [rule.exec(sql), why]).filter(([found]) => found);
  const [never] = matches(NEVER);
  if (never) return `${firstWords(sql)} … ${never[1]}`;
  const onExisting = (rules) => matches(rules).filter(([found]) => !made.has(found[1]));
  const [contracting] = [...onExisting(CONTRACTING), ...columnProblems(sql, made)];
  if (contracting && !isContract) return `${firstWords(sql)} … ${contracting[1]}`;
  const broken = stale.find(({ table }) => addsColumnTo(sql) === table);
  if (broken) return `${firstWords(sql)} … ${broken.name} returns its rows: define it anew in the same file`;
  const [locking] = onExisting(LOCKING).filter(([found]) => !locks.has(found[1]));
  return locking ? `${firstWords(sql)} … ${locking[1]}` : undefined;
}

/** Columns that are added: with a constant as default nothing is rewritten, and N−1 need not know of them. */
function columnProblems(sql, made) {
  const found = new RegExp(`^alter\\s+table\\s+${NAME}\\s`).exec(sql);
  if (!found || made.has(found[1])) return [];
  const added = sql
    .slice(found[0].length)
    .split(/,(?![^()]*\))/)
    .filter((part) => /^\s*add\s+(?!constraint\b)/.test(part));
  return added.flatMap((part) => {
    if (/\bnot\s+null\b/.test(part) && !/\bdefault\b/.test(part)) return [[found, 'version N-1 does not fill it']];
    if (/\bdefault\b[^,]*\(/.test(part) || /\bgenerated\b/.test(part)) return [[found, 'writes the whole table anew']];
    return [];
  });
}

const addsColumnTo = (sql) =>
  new RegExp(`^alter\\s+table\\s+${NAME}\\s.*\\badd\\s+(?!constraint\\b|check\\b)`, 's').exec(sql)?.[1];

const firstWords = (sql) => sql.split(/\s+/).slice(0, 3).join(' ');
