import { RemoteError, status } from '@exempla/rpc/client';
import { PostgresError, ProcessError } from '@exempla/launch/errors';
import { ConfigError, NobodyReads, RefusedError, UsageError } from '../problems.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { Interrupted } from './interruption.ts';
import type { Style } from './style.ts';
import { harmless, wrap } from './text.ts';

/** What is said to the person, and the code to exit with. */
export interface Failure {
  exitCode: number;
  lines: string[];
}

const WORKS = 'entropy, river, contract, children, "power of attorney"';

const READABLE = [ProcessError, PostgresError, RefusedError];

export function failureOf(error: unknown, term = '', noun = 'definition'): Failure {
  if (error instanceof NobodyReads) return { exitCode: EXIT.nobodyReads, lines: [] };
  if (error instanceof UsageError)
    return { exitCode: EXIT.usage, lines: [...error.message.split('\n'), `See ${error.help}`] };
  if (error instanceof ConfigError) return { exitCode: EXIT.usage, lines: [error.message] };
  if (error instanceof Interrupted) return { exitCode: error.exitCode, lines: ['Interrupted; everything is stopped.'] };
  if (error instanceof RemoteError) return { exitCode: exitCodeOf(error.code), lines: remoteLines(error, term, noun) };
  if (READABLE.some((type) => error instanceof type))
    return { exitCode: EXIT.failed, lines: (error as Error).message.split('\n') };
  return { exitCode: EXIT.failed, lines: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
}

/** Says it on standard error, when there is something to say; returns the exit code. */
export function report({ exitCode, lines }: Failure, style: Style): number {
  if (lines.length === 0) return exitCode;
  const { columns } = process.stderr;
  const paint = (line: string, at: number): string[] => {
    // Stacks and the logs of services are shown as they are.
    const rows = !columns || /^\s/.test(line) ? [line] : wrap(line, columns - 3);
    return rows.map((row) => `  ${at === 0 ? style.bad(row) : row}\n`);
  };
  const text = lines.flatMap(paint).join('');
  process.stderr.write(`\n${text}\n`);
  return exitCode;
}

function remoteLines(error: RemoteError, term: string, noun: string): string[] {
  if (error.reason === 'TERM_UNKNOWN') return unknownTerm(error, term);
  const fields = (error.details.violations ?? []).map(
    ({ field, description }) => `${optionOf(field)}: ${withoutField(field, description)}`,
  );
  if (fields.length > 0) return ['The request was refused.', ...fields];
  if (error.code === status.DEADLINE_EXCEEDED) return [deadlinePassed(noun)];
  const reason = error.reason ? ` ${error.reason}` : '';
  const what = noun === '' ? 'Failed' : `The ${noun} failed`;
  return [`${what}: ${harmless(error.message)} (${status[error.code]}${reason})`, ...adviceOn(error)];
}

/** A service may begin its sentence with the name of the field, which has just been said. */
function withoutField(field: string, description: string): string {
  const name = [`${field}: `, `${field} `].find((prefix) => description.startsWith(prefix)) ?? '';
  return description.slice(name.length);
}

const LISTS: Readonly<Record<string, string>> = { STORY: 'stories', CHILD: 'children', HERO: 'heroes' };

function adviceOn({ code, reason }: RemoteError): string[] {
  if (reason === 'LANGUAGE_UNSUPPORTED')
    return ['For other languages, set up a model: OPENAI_API_KEY=… (docs/providers.md).'];
  const [, what] = /^(STORY|CHILD|HERO)_NOT_FOUND$/.exec(reason) ?? [];
  if (what) return [`To see what there is: exempla ${LISTS[what]} list.`];
  if (code === status.UNAUTHENTICATED)
    return ['EXEMPLA_TOKEN, or a file EXEMPLA_TOKEN_FILE, holds the token (docs/identity.md).'];
  // Whoever was needed is not there, or does not take the key.
  const isOfOthers = code === status.UNAVAILABLE || /_(?:KEY_REFUSED|CREDIT_EXHAUSTED|MODEL_UNKNOWN)$/.test(reason);
  return isOfOthers ? ['To see what is wrong: exempla doctor.'] : [];
}

export const deadlinePassed = (noun: string): string =>
  `The deadline passed before the ${noun || 'answer'} was there. Give it longer, such as --deadline 30s.`;

function unknownTerm(error: RemoteError, term: string): string[] {
  const near = error.metadata['suggestions'];
  return [
    `No source knows "${harmless(term)}".`,
    near ? `Did you mean ${harmless(near)}?` : 'Check the spelling, or try the plain form of the word.',
    `These work: ${WORKS}.`,
  ];
}

/** Fields whose option has another name. */
const OPTIONS: Readonly<Record<string, string>> = {
  'new_child.display_name': '--child',
  display_name: '--name',
  years: '--age',
  custom_moral: '--moral',
  length_minutes: '--minutes',
  organisational: '--context',
  previous_story: '--continue',
};
const SAME_NAME = new Set([
  'category',
  'voice',
  'kinds',
  'max_examples',
  'language',
  'provider',
  'interests',
  'age_group',
  'gender',
  'hero',
  'juridical',
  'legal_basis',
  'seed',
  'traits',
  'strengths',
  'appearance',
  'page_size',
  'page_token',
]);

/** The option that fills a field of the request. */
export function optionOf(field: string): string {
  const path = field.replace(/^request\./, '').replace(/\[\d+\]/g, '');
  const last = path.slice(path.lastIndexOf('.') + 1);
  const option = OPTIONS[path] ?? OPTIONS[last];
  if (option !== undefined) return option;
  return SAME_NAME.has(last) ? `--${last.replaceAll('_', '-')}` : field;
}
