import { useChannelCredentials, channelCredentials } from '@exempla/rpc';
import { commandFailure, failureJson } from './commands/failure.ts';
import type { Invocation } from './commands/invocation.ts';
import { parseCommandLine } from './commands/program.ts';
import { type Globals, Session } from './commands/session.ts';
import { readConfig } from './config.ts';
import { ConfigError, NobodyReads } from './problems.ts';
import { report } from './terminal/failure.ts';
import { abortOnSignals } from './terminal/interruption.ts';
import { progressOn, SILENT } from './terminal/progress.ts';
import { PLAIN, styleFor } from './terminal/style.ts';

/** Narrower terminals wrap by themselves; nothing can be lined up on them. */
const MIN_COLUMNS = 50;

/** Ends what runs when the reader of the output goes away, as `| head` does. */
const reader = new AbortController();
process.stdout.on('error', () => reader.abort(new NobodyReads()));
process.stderr.on('error', () => {});

async function main(args: readonly string[]): Promise<number> {
  let invocation: Invocation | undefined;
  let globals: Globals | undefined;
  try {
    const parsed = parseCommandLine(args);
    if ('help' in parsed) {
      process.stdout.write(parsed.help);
      return 0;
    }
    ({ invocation, globals } = parsed);
    return await run(invocation, globals);
  } catch (error) {
    const failure = commandFailure(reader.signal.aborted ? reader.signal.reason : error, invocation);
    if (failure.lines.length === 0) return failure.exitCode;
    if (globals && globals.format !== 'text') {
      process.stderr.write(`${failureJson(error, failure)}\n`);
      return failure.exitCode;
    }
    return report(failure, globals?.colour === false ? PLAIN : styleFor(process.stderr));
  }
}

async function run(invocation: Invocation, globals: Globals): Promise<number> {
  const { colour, quiet } = globals;
  const { onConfigProblem } = invocation;
  const config = await readConfig(process.env, onConfigProblem && (({ message }) => onConfigProblem(message)));
  await useCredentials(config.env, onConfigProblem);
  const errors = colour ? styleFor(process.stderr) : PLAIN;
  using progress = quiet || !process.stderr.isTTY ? SILENT : progressOn(process.stderr, errors);
  using session = new Session(globals, {
    config,
    signal: AbortSignal.any([
      abortOnSignals(() => progress.doing('cancelling; Ctrl-C again leaves at once')),
      reader.signal,
    ]),
    print: (text) => void process.stdout.write(text),
    width: Math.max(MIN_COLUMNS, process.stdout.columns || config.columns),
    style: colour ? styleFor(process.stdout) : PLAIN,
    progress,
  });
  return (await invocation.run(session)) ?? 0;
}

/** With EXEMPLA_TLS_CA_FILE commands speak TLS, as the services do. */
async function useCredentials(env: NodeJS.ProcessEnv, onProblem: ((message: string) => void) | undefined) {
  try {
    useChannelCredentials(await channelCredentials(env));
  } catch (error) {
    const { message } = error as Error;
    if (!onProblem) throw new ConfigError(message, { cause: error });
    onProblem(message);
  }
}

process.exitCode = await main(process.argv.slice(2));
