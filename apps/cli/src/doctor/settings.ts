import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';
import { baseEnvironment, entryOf, GATEWAY, SERVICES, type ServiceSpec, variable } from '@exempla/launch';
import { COMMON_VARIABLES, nearestVariable } from '@exempla/rpc/client';
import { type Check, fail, ok, warn } from './check.ts';

/** What a service makes of the environment: the settings it reads, or why it would not start. */
export type Reading = { service: string; settings: Map<string, string> } | { service: string; problem: string };

const ALL = [GATEWAY, ...SERVICES];
const LIMIT_MS = 20_000;
/** Storage does not start without a database; which one, `up` says. */
const SOME_DATABASE = 'postgresql://nobody@127.0.0.1/none';

/** Asks each service, by `--print-config`. Nothing is started. */
export const readSettings = (env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Reading[]> =>
  Promise.all(ALL.map((service) => readingOf(service, env, signal)));

async function readingOf(
  { name: service, asks }: ServiceSpec,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Reading> {
  const entry = entryOf(service);
  const built = await access(entry).then(
    () => true,
    () => false,
  );
  if (!built) return { service, problem: 'it is not built: npm run build' };
  const given = { ...baseEnvironment(env, asks), DATABASE_URL: SOME_DATABASE, DATABASE_ADMIN_URL: SOME_DATABASE };
  try {
    const options = { env: given, signal, timeout: LIMIT_MS };
    const { stdout } = await promisify(execFile)(process.execPath, [entry, '--print-config'], options);
    return { service, settings: settingsIn(stdout) };
  } catch (error) {
    signal.throwIfAborted();
    return { service, problem: problemIn((error as { stdout?: string }).stdout ?? '') ?? (error as Error).message };
  }
}

/** `NAME=value`, one a line. */
function settingsIn(text: string): Map<string, string> {
  const lines = text.split('\n').map((line) => /^(\w+)=(.*)$/.exec(line));
  return new Map(lines.flatMap((found) => (found ? [[found[1]!, found[2]!] as const] : [])));
}

/** What the last line of a log says. */
export function problemIn(log: string): string | undefined {
  try {
    const { msg } = JSON.parse(log.trim().split('\n').at(-1) ?? '') as { msg?: unknown };
    return typeof msg === 'string' ? msg : undefined;
  } catch {
    return undefined;
  }
}

const OF_THE_CLI = [
  // By the `openai` package.
  'OPENAI_CUSTOM_HEADERS',
  'EXEMPLA_TOKEN',
  'EXEMPLA_TOKEN_FILE',
  'EXEMPLA_TENANT',
  ...ALL.flatMap(({ name }) => ['PORT', 'TARGET'].map((what) => variable(name, what))),
];

/** Variables that are set: what cannot be used, what nobody reads, and how many are well. */
export function checkSettings(
  env: NodeJS.ProcessEnv,
  readings: readonly Reading[],
  problems: readonly string[],
): Check[] {
  const unread = readings.flatMap((reading) => ('problem' in reading ? [reading] : []));
  const known = [
    ...OF_THE_CLI,
    ...COMMON_VARIABLES,
    ...readings.flatMap((reading) => ('settings' in reading ? [...reading.settings.keys()] : [])),
  ];
  const set = Object.keys(env)
    .filter((name) => /^(?:EXEMPLA|OPENAI|ELEVENLABS)_/.test(name) && env[name] !== '')
    .sort();
  // What a service that did not get so far would have read is not known; those of providers are read by several.
  const isKnownToBe = (name: string): boolean =>
    name.startsWith('EXEMPLA_')
      ? !unread.some(({ service }) => name.startsWith(variable(service, '')))
      : unread.length === 0;
  const judged = set.filter(isKnownToBe);
  const unknown = judged.filter((name) => !known.includes(name));
  const own = problems.map((problem) => fail('settings', problem, 'Correct the variable, or unset it'));
  const bad = [
    ...own,
    ...unread
      .filter(({ problem }) => !problems.includes(problem))
      .map(({ service, problem }) =>
        fail('settings', `${service}: ${problem}`, 'Correct it; the service does not start'),
      ),
    ...unknown.map((name) =>
      warn('settings', `${name} is read by nothing`, `Did you mean ${nearestVariable(name, known)}?`),
    ),
  ];
  if (bad.length > 0) return bad;
  return [ok('settings', set.length === 0 ? 'defaults' : set.map((name) => `${name}=${shown(name, env)}`).join(' '))];
}

const shown = (name: string, env: NodeJS.ProcessEnv): string =>
  /TOKEN$|KEY$|SECRET|PASSWORD|HEADERS$/.test(name) ? '[secret]' : (env[name] ?? '');
