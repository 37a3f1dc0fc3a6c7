import { RemoteError, status } from '@exempla/rpc';
import { PostgresError, ProcessError } from '@exempla/launch';
import { ConfigError, RefusedError, UsageError } from '../problems.ts';
import { Interrupted } from './interruption.ts';
import type { Style } from './style.ts';
import { harmless } from './text.ts';

/** What is said to the person, and the code to exit with. */
export interface Failure {
  exitCode: number;
  lines: string[];
}

const GRPC_BASE = 10;
const WORKS = 'entropy, river, contract, children, "power of attorney"';

const READABLE = [ProcessError, PostgresError, RefusedError];

/** The codes are in the help text of the demo. */
export function failureOf(error: unknown, term = '', noun = 'definition'): Failure {
  if (error instanceof UsageError) return { exitCode: 2, lines: [error.message, `See ${error.help}`] };
  if (error instanceof ConfigError) return { exitCode: 2, lines: [error.message] };
  if (error instanceof Interrupted) return { exitCode: error.exitCode, lines: ['Interrupted; everything is stopped.'] };
  if (error instanceof RemoteError) return { exitCode: GRPC_BASE + error.code, lines: remoteLines(error, term, noun) };
  if (READABLE.some((type) => error instanceof type))
    return { exitCode: 1, lines: (error as Error).message.split('\n') };
  return { exitCode: 1, lines: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
}

/** Says it on standard error; returns the exit code. */
export function report({ exitCode, lines }: Failure, style: Style): number {
  const text = lines.map((line, at) => `  ${at === 0 ? style.bad(line) : line}\n`).join('');
  process.stderr.write(`\n${text}\n`);
  return exitCode;
}

function remoteLines(error: RemoteError, term: string, noun: string): string[] {
  if (error.reason === 'TERM_UNKNOWN') return unknownTerm(error, term);
  const fields = (error.details.violations ?? []).map(({ field, description }) => `${optionOf(field)}: ${description}`);
  if (fields.length > 0) return ['The request was refused.', ...fields];
  if (error.code === status.DEADLINE_EXCEEDED) {
    return [`The deadline passed before the ${noun} was there. Give it longer, such as --deadline 5s.`];
  }
  const reason = error.reason ? ` ${error.reason}` : '';
  return [`The ${noun} failed: ${harmless(error.message)} (${status[error.code]}${reason})`];
}

function unknownTerm(error: RemoteError, term: string): string[] {
  const near = error.metadata['suggestions'];
  return [
    `No source knows "${harmless(term)}".`,
    near ? `Did you mean ${harmless(near)}?` : 'Check the spelling, or try the plain form of the word.',
    `These work: ${WORKS}.`,
  ];
}

const OPTIONS: Readonly<Record<string, string>> = {
  term: '--term',
  category: '--category',
  voice: '--voice',
  max_examples: '--max-examples',
  'new_child.display_name': '--child',
  'new_child.years': '--age',
  'new_child.interests': '--interests',
  custom_moral: '--moral',
  length_minutes: '--minutes',
  'context.organisational': '--context',
  'context.juridical': '--juridical',
  'context.legal_basis': '--legal-basis',
};

/** The option that fills a field of the request. */
export function optionOf(field: string): string {
  return OPTIONS[field.replace(/\[\d+\]$/, '')] ?? field;
}
