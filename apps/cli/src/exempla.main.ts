import type { Invocation } from './commands/invocation.ts';
import { parseCommandLine } from './commands/program.ts';
import type { Globals } from './commands/session.ts';
import { NobodyReads, notWritable } from './problems.ts';
import { ownVersion } from './version.ts';

/** Ends what runs when the reader of the output goes away, as `| head` does, or its disk is full. */
const reader = new AbortController();
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  reader.abort(error.code === 'EPIPE' ? new NobodyReads() : notWritable('standard output', error)),
);
process.stderr.on('error', () => {});

/** What calls is loaded when something is to be called: help and version do without. */
async function main(args: readonly string[]): Promise<number> {
  let invocation: Invocation | undefined;
  let globals: Globals | undefined;
  try {
    const parsed = parseCommandLine(args, await ownVersion());
    if ('help' in parsed) {
      process.stdout.write(parsed.help);
      await printed();
      return 0;
    }
    ({ invocation, globals } = parsed);
    const { runInvocation } = await import('./commands/run.ts');
    const exitCode = await runInvocation(invocation, globals, reader.signal);
    await printed();
    return exitCode;
  } catch (error) {
    const { reportFailure } = await import('./commands/failure.ts');
    return reportFailure(reader.signal.aborted ? reader.signal.reason : error, invocation, globals);
  }
}

/** Waits until all that was printed has arrived; throws when it did not. */
async function printed(): Promise<void> {
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  reader.signal.throwIfAborted();
}

process.exitCode = await main(process.argv.slice(2));
