import { readConfig } from './config.ts';
import { HELP, parseDemoArguments } from './demo/arguments.ts';
import { runDemo } from './demo/run-demo.ts';
import { runStoryDemo } from './demo/run-story.ts';
import { parseStoryArguments, STORY_HELP } from './demo/story-arguments.ts';
import type { Surroundings } from './demo/surroundings.ts';
import { NobodyReads } from './problems.ts';
import { failureOf, report } from './terminal/failure.ts';
import { abortOnSignals } from './terminal/interruption.ts';
import { watchOutput } from './terminal/output.ts';
import { progressOn } from './terminal/progress.ts';
import { styleFor } from './terminal/style.ts';

/** Narrower terminals wrap by themselves; nothing can be lined up on them. */
const MIN_COLUMNS = 50;

/** What is to be shown. */
interface Demo {
  /** To be printed in place of running. */
  help: string | undefined;
  /** What failures speak of. */
  noun: string;
  term: string;
  run: (surroundings: Surroundings) => Promise<void>;
}

function demoOf([first, ...rest]: readonly string[]): Demo {
  if (first === 'story') {
    const args = parseStoryArguments(rest);
    const help = args.help ? STORY_HELP : undefined;
    return { help, noun: 'story', term: '', run: (around) => runStoryDemo(args, around) };
  }
  const args = parseDemoArguments(first === undefined ? [] : [first, ...rest]);
  const help = args.help ? HELP : undefined;
  return { help, noun: 'definition', term: args.term, run: (around) => runDemo(args, around) };
}

/** A reader that goes away (`| head`) has seen enough; it is no reason to leave processes behind. */
const output = watchOutput();

/** The exit code of what is done: nothing of it is, when it cannot be read. */
async function arrived(): Promise<number> {
  await output.arrived().catch((error: unknown) => {
    if (!(error instanceof NobodyReads)) throw error;
  });
  return 0;
}

async function main(): Promise<number> {
  let demo: Demo | undefined;
  const errors = styleFor(process.stderr);
  using progress = progressOn(process.stderr, errors, process.env['TERM']);
  try {
    demo = demoOf(process.argv.slice(2));
    if (demo.help !== undefined) {
      process.stdout.write(demo.help);
      return await arrived();
    }
    const { env, adminUrl, columns } = await readConfig();
    const print = (line: string) => void process.stdout.write(`${line}\n`);
    const width = Math.max(MIN_COLUMNS, process.stdout.columns || columns);
    const screen = { print, width, style: styleFor(process.stdout), progress };
    await demo.run({ screen, signal: abortOnSignals(), env, adminUrl });
    return await arrived();
  } catch (error) {
    progress[Symbol.dispose]();
    return report(failureOf(error, demo?.term, demo?.noun), errors);
  }
}

process.exitCode = await main();
