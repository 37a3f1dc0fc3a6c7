import { UsageError } from './problems.ts';
import { failureOf, report } from './terminal/failure.ts';
import { watchOutput } from './terminal/output.ts';
import { styleFor } from './terminal/style.ts';
import { reset } from './up/reset.ts';

const HELP = `
  npm run reset

  Removes ./.exempla, the data of npm run up. Refused while the mesh runs on it.
`;

async function answer(args: readonly string[]): Promise<string> {
  if (args.includes('--help') || args.includes('-h')) return HELP;
  // Whoever asks for something else does not mean to lose data.
  if (args.length > 0) throw new UsageError(`Unknown option "${args[0]}"`, 'npm run reset -- --help');
  return `  ${await reset()} is cleared.\n`;
}

const output = watchOutput();
try {
  process.stdout.write(await answer(process.argv.slice(2)));
  await output.arrived();
} catch (error) {
  process.exitCode = report(failureOf(error), styleFor(process.stderr));
}
