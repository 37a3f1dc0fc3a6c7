import { createLogger } from '@exempla/telemetry';
import type { SessionOptions } from '../backup/owner-session.ts';
import { type Arguments, type Grammar, readArguments, UsageError } from './command-line.ts';
import { TerminalProgress } from './terminal-progress.ts';

export interface Command extends Grammar {
  readonly name: string;
  readonly help: string;
  /** Does the work; what it returns is printed. */
  run(given: Arguments, job: Job): Promise<Outcome>;
}

export interface Job extends Omit<SessionOptions, 'waitMs'> {
  readonly progress: TerminalProgress;
}

export interface Outcome {
  /** For `--json`. */
  readonly result: Readonly<Record<string, unknown>>;
  /** For people. */
  readonly text: string;
  /** False ends with exit code 1. */
  readonly isGood: boolean;
}

const [FAILED, MISUSED, INTERRUPTED] = [1, 2, 130];

/** Runs a command line to its end: the result on standard output, everything else on standard error. */
export async function runCommand(command: Command, line: readonly string[] = process.argv.slice(2)): Promise<void> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort(new Error('stopped'));
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, onSignal);
  try {
    const given = readArguments(line, command);
    if (given.flags.has('help')) process.stdout.write(command.help);
    else await perform(command, given, stop.signal);
  } catch (error) {
    tellFailure(error, command, line.includes('--json'));
    process.exitCode = stop.signal.aborted ? INTERRUPTED : error instanceof UsageError ? MISUSED : FAILED;
  } finally {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.removeListener(name, onSignal);
  }
}

async function perform(command: Command, given: Arguments, signal: AbortSignal): Promise<void> {
  const progress = new TerminalProgress(process.stderr);
  const log = createLogger({ service: command.name, level: 'silent' });
  try {
    const { result, text, isGood } = await command.run(given, { signal, log, progress });
    progress.end();
    process.stdout.write(given.flags.has('json') ? `${JSON.stringify(result)}\n` : text);
    if (!isGood) process.exitCode = FAILED;
  } finally {
    progress.end();
  }
}

function tellFailure(error: unknown, command: Command, asJson: boolean): void {
  const { message, reason } = error as Error & { reason?: string };
  if (asJson) process.stdout.write(`${JSON.stringify({ error: { reason, message } })}\n`);
  process.stderr.write(`${command.name}: ${message}\n`);
  if (error instanceof UsageError) process.stderr.write(`\n${command.help}`);
}
