import { readConfig } from './config.ts';
import { type DemoArguments, HELP, parseDemoArguments } from './demo/arguments.ts';
import { runDemo } from './demo/run-demo.ts';
import { failureOf, report } from './terminal/failure.ts';
import { abortOnSignals } from './terminal/interruption.ts';
import { progressOn } from './terminal/progress.ts';
import { styleFor } from './terminal/style.ts';

/** Narrower terminals wrap by themselves; nothing can be lined up on them. */
const MIN_COLUMNS = 50;

async function main(): Promise<number> {
  let args: DemoArguments | undefined;
  const errors = styleFor(process.stderr);
  using progress = progressOn(process.stderr, errors);
  try {
    args = parseDemoArguments(process.argv.slice(2));
    if (args.help) {
      process.stdout.write(HELP);
      return 0;
    }
    const { env, adminUrl, columns } = await readConfig();
    const print = (line: string) => void process.stdout.write(`${line}\n`);
    const width = Math.max(MIN_COLUMNS, process.stdout.columns || columns);
    const screen = { print, width, style: styleFor(process.stdout), progress };
    await runDemo(args, { screen, signal: abortOnSignals(), env, adminUrl });
    return 0;
  } catch (error) {
    progress[Symbol.dispose]();
    return report(failureOf(error, args?.term), errors);
  }
}

// A reader that goes away (`| head`) is no reason to leave processes behind.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
process.exitCode = await main();
