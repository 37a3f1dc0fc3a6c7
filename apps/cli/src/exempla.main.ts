import type { Invocation } from './commands/invocation.ts';
import { parseCommandLine } from './commands/program.ts';
import type { Globals } from './commands/session.ts';
import { watchOutput } from './terminal/output.ts';
import { ownVersion } from './version.ts';

/** Ends what runs when the reader of the output goes away, as `| head` does, or its disk is full. */
const output = watchOutput();

/** What calls is loaded when something is to be called: help and version do without. */
async function main(args: readonly string[]): Promise<number> {
  let invocation: Invocation | undefined;
  let globals: Globals | undefined;
  try {
    const parsed = parseCommandLine(args, await ownVersion());
    if ('help' in parsed) {
      process.stdout.write(parsed.help);
      await output.arrived();
      return 0;
    }
    ({ invocation, globals } = parsed);
    const { runInvocation } = await import('./commands/run.ts');
    const exitCode = await runInvocation(invocation, globals, output.signal);
    await output.arrived();
    return exitCode;
  } catch (error) {
    const { reportFailure } = await import('./commands/failure.ts');
    return reportFailure(output.signal.aborted ? output.signal.reason : error, invocation, globals);
  }
}

process.exitCode = await main(process.argv.slice(2));
