// The alert rules: that they are rules, that they fire on what they are for, that each of their numbers is guarded by a
// test, and that they watch only what there is. npm run alerts; needs promtool (Debian: prometheus).
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LABELS, METRICS } from '@exempla/telemetry';

const run = promisify(execFile);
const RULES = 'deploy/alerts/exempla.rules.yml';
const TESTS = 'deploy/alerts/exempla.rules.test.yml';
const TOOL_MS = 30_000;

/** Faults: each makes one rule another rule, and the tests have to notice. */
const FAULTS = [
  ['LoopLate', '> 0.1\n', '> 0.5\n'],
  ['LoopLate', '0.99, sum', '0.999, sum'],
  ['LoopBlocked', '[5m]) > 0', '[5m]) > 5'],
  ['UsageNotCounted', 'unsettled_cost_total[15m]) > 0', 'unsettled_cost_total[15m]) > 5'],
  ['UsageNotCounted', 'expired_total[15m]) > 0', 'expired_total[15m]) > 5'],
  ['UsageNotCounted', 'increase(exempla_budget_unsettled_cost_total[15m])', 'exempla_budget_unsettled_cost_total'],
  ['StandInAnswers', 'fallbacks_total[5m])) > 0', 'fallbacks_total[5m])) > 20'],
  ['StandInAnswers', '(increase(exempla_fallbacks_total[5m]))', '(exempla_fallbacks_total)'],
  ['CredentialsLimited', '="TOO_MANY_FAILED_CREDENTIALS"', '!=""'],
  ['CredentialsLimited', '[5m])) > 0', '[5m])) > 20'],
  ['CallsPending', '0.9 *', '1 *'],
  ['CallsPending', '0.9 *', '0.5 *'],
  ['CallsPending', '> 1000', '> 2000'],
  ['CallsRefused', 'increase(exempla_server_refused_total[5m])', 'exempla_server_refused_total'],
  ['PoolNearlyFull', '> 0.8\n', '> 0.9\n'],
  ['PoolNearlyFull', '> 0.8\n', '> 0.7\n'],
  ['PoolWait', '> 1\n', '> 3\n'],
  ['PeerUnreachable', '> 0.05\n', '> 0.5\n'],
  ['PeerUnreachable', '> 0.05\n', '> 0.01\n'],
  ['LatencyAboveBaseline', '> 1.3 *', '> 10 *'],
  ['LatencyAboveBaseline', '> 1.3 *', '> 0.9 *'],
  ['NotServing', '== 0\n', '== 1\n'],
  ['NotServing', 'for: 1m', 'for: 0m'],
];

const rules = await readFile(RULES, 'utf8');
const names = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
let passed = 0;
let failed = 0;
const tell = (held, what, detail = '') => {
  if (held) passed += 1;
  else failed += 1;
  console.log(`${held ? '✓' : '✗'} ${what}${held || !detail ? '' : `\n${detail}`}`);
};

const checked = await promtool('check', 'rules', RULES);
tell(checked.held, `${names.length} alerts are rules`, checked.output);
const tested = await promtool('test', 'rules', TESTS);
tell(tested.held, 'they fire on what they are for, and on nothing that is nearly that', tested.output);
await guarded();
await namesThereAre();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function promtool(...args) {
  try {
    const { stdout, stderr } = await run('promtool', args, { timeout: TOOL_MS });
    return { held: true, output: stdout + stderr };
  } catch (error) {
    if (error.code === 'ENOENT') {
      console.error('promtool is not there: apt-get install prometheus, or https://prometheus.io/download');
      process.exit(1);
    }
    return { held: false, output: `${error.stdout}${error.stderr}` };
  }
}

/** Every alert has a fault here, and with any of them the tests go red. */
async function guarded() {
  const without = names.filter((name) => !FAULTS.some(([alert]) => alert === name));
  tell(without.length === 0, 'every alert has a planted fault', without.join(', '));
  const directory = await mkdtemp(join(tmpdir(), 'exempla-alerts-'));
  try {
    await copyFile(TESTS, join(directory, 'exempla.rules.test.yml'));
    for (const [alert, from, to] of FAULTS) {
      const planted = plant(alert, from, to);
      await writeFile(join(directory, 'exempla.rules.yml'), planted ?? rules);
      const { held } = await promtool('test', 'rules', join(directory, 'exempla.rules.test.yml'));
      tell(
        planted !== undefined && !held,
        `${alert}: ${JSON.stringify(to)} in place of ${JSON.stringify(from)} is noticed`,
      );
    }
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** The rules with one alert changed; undefined when it has no such part. */
function plant(alert, from, to) {
  const start = rules.indexOf(`- alert: ${alert}\n`);
  const at = rules.indexOf(from, start);
  const next = rules.indexOf('- alert:', start + 1);
  if (start === -1 || at === -1 || (next !== -1 && at > next)) return undefined;
  return rules.slice(0, at) + to + rules.slice(at + from.length);
}

/** An alert on a metric that nobody measures would be silent for ever. */
async function namesThereAre() {
  const measured = new Set(Object.values(METRICS).flatMap(({ name }) => spellings(inPrometheus(name))));
  const used = new Set(rules.match(/\b(?:grpc_(?:server|client)|exempla|db_client)_[a-z0-9_]+(?=[[{ ])/g));
  const labels = new Set(Object.values(LABELS).map(inPrometheus));
  const unknown = [...used].filter((name) => !measured.has(name) && !labels.has(name));
  tell(
    used.size > 0 && unknown.length === 0,
    `${used.size} metrics are watched, all of them are measured`,
    unknown.join(', '),
  );
}

function inPrometheus(name) {
  return name.replace(/[^a-z0-9]+/g, '_');
}

function spellings(name) {
  return ['', '_total', '_bucket', '_count', '_sum'].map((suffix) => name + suffix);
}
