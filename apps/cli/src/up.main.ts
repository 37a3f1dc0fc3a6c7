import { readConfig } from './config.ts';
import { UsageError } from './problems.ts';
import { failureOf, report } from './terminal/failure.ts';
import { abortOnSignals } from './terminal/interruption.ts';
import { watchOutput } from './terminal/output.ts';
import { progressOn } from './terminal/progress.ts';
import { styleFor } from './terminal/style.ts';
import { runUp } from './up/run-up.ts';

const HELP = `
  npm run up

  Runs PostgreSQL, the four services and the gateway on fixed ports until Ctrl-C; the data stays in ./.exempla.

  EXEMPLA_<SERVICE>_PORT   another port, such as EXEMPLA_AUDIO_PORT=50153
  DATABASE_ADMIN_URL       a PostgreSQL server of your own in place of the embedded one
  DATABASE_URL             with it: the role that storage serves with
`;

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP);
    return 0;
  }
  const errors = styleFor(process.stderr);
  using progress = progressOn(process.stderr, errors, process.env['TERM']);
  try {
    if (args.length > 0) throw new UsageError(`Unknown option "${args[0]}"`, 'npm run up -- --help');
    const print = (line: string) => void process.stdout.write(`${line}\n`);
    await runUp(await readConfig(), abortOnSignals(), { print, style: styleFor(process.stdout), progress });
    return 0;
  } catch (error) {
    progress[Symbol.dispose]();
    return report(failureOf(error), errors);
  }
}

// A reader that goes away is no reason to end without draining.
watchOutput();
process.exitCode = await main(process.argv.slice(2));
