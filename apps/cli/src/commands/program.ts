import { Command, CommanderError } from 'commander';
import { UsageError } from '../problems.ts';
import { addChildren } from './children.ts';
import { addDefine } from './define.ts';
import { addDoctor } from './doctor.ts';
import { addHeroes } from './heroes.ts';
import type { Choose, Invocation } from './invocation.ts';
import { addSay } from './say.ts';
import type { Globals } from './session.ts';
import { addStories } from './stories.ts';
import { addStory } from './story.ts';
import { addUp } from './up.ts';
import { addUsage } from './usage.ts';
import { addVoices } from './voices.ts';
import { duration } from './values.ts';

/** What the command line comes to: text to print, or something to run. */
export type Parsed = { help: string } | { invocation: Invocation; globals: Globals };

const EPILOGUE = `
Exit codes: 0 done, 1 failed, 2 wrong command line, 3 invalid argument, 4 not found, 5 already exists,
6 failed precondition, 7 not allowed, 8 busy, 9 aborted, 10 deadline passed, 11 nobody answers, 130 Ctrl-C.
`;

/** Reads the command line; runs nothing, and loads nothing of what calls. Throws UsageError. */
export function parseCommandLine(args: readonly string[], version: string): Parsed {
  let printed = '';
  let errors = '';
  let chosen: { invocation: Invocation; globals: Globals } | undefined;
  const program = new Command('exempla')
    .description('Definitions and bedtime stories from a mesh of services.')
    .option('--json', 'one JSON document on standard output, and nothing else')
    .option('--json-lines', 'one JSON document per line: parts of a stream, items of a list')
    .option('--deadline <time>', 'how long it may take in all: 500ms, 20s, 2m', duration)
    .option('--tenant <name>', 'whose data; in development (EXEMPLA_TENANT)')
    .option('--quiet', 'no progress')
    .option('--no-color', 'no colours (NO_COLOR)')
    .version(version, '--version', 'print the version')
    .addHelpText('after', EPILOGUE)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => void (printed += text), writeErr: (text) => void (errors += text) })
    .exitOverride();
  const choose: Choose = (invocation) => (chosen = { invocation, globals: globalsOf(program.opts()) });
  for (const add of [
    addStory,
    addDefine,
    addSay,
    addChildren,
    addHeroes,
    addStories,
    addVoices,
    addUsage,
    addUp,
    addDoctor,
  ])
    add(program, choose);
  try {
    program.parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const [unknown] = args[0] === 'help' ? leadsTo(program, args.slice(1)).rest : [];
    if (unknown !== undefined) throw new UsageError(`unknown command '${unknown}'`, helpOf(program, args.slice(1)));
    if (error.exitCode === 0) return { help: printed };
    // A command that has commands of its own, without any.
    if (error.code === 'commander.help') return { help: errors };
    throw new UsageError(shortly(error.message.replace(/^error: /, '')), helpOf(program, args));
  }
  if (!chosen) return { help: printed };
  return chosen;
}

function globalsOf(options: Record<string, unknown>): Globals {
  if (options['json'] && options['jsonLines'])
    throw new UsageError('--json and --json-lines exclude each other: give one', 'exempla --help');
  return {
    format: options['json'] ? 'json' : options['jsonLines'] ? 'json-lines' : 'text',
    deadlineMs: options['deadline'] as number | undefined,
    tenant: options['tenant'] as string | undefined,
    colour: options['color'] !== false,
    quiet: options['quiet'] === true,
  };
}

/** The command that the words lead to, and the words from the first on that names none of its commands. */
function leadsTo(program: Command, args: readonly string[]): { path: readonly string[]; rest: readonly string[] } {
  const path = [program.name()];
  let command = program;
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at]!;
    if (word.startsWith('-')) {
      const option = program.options.find(({ long }) => long === word);
      if (option?.required) at += 1;
      continue;
    }
    const next = command.commands.find((one) => one.name() === word);
    if (!next) return { path, rest: args.slice(at) };
    path.push(word);
    command = next;
  }
  return { path, rest: [] };
}

const helpOf = (program: Command, args: readonly string[]): string => `${leadsTo(program, args).path.join(' ')} --help`;

/** Where our own sentence names the value already: `--deadline: "soon" is not a duration …`. */
const shortly = (message: string): string =>
  message
    .replace(/^option '(--[\w-]+)[^']*' argument '.*?' is invalid\. (?=")/s, '$1: ')
    .replace(/^command-argument value '.*?' is invalid for argument '([\w-]+)'\. (?=")/s, '$1: ');
