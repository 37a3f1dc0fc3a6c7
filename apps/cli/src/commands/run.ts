import { channelCredentials, useChannelCredentials } from '@exempla/rpc/client';
import { readConfig } from '../config.ts';
import { ConfigError } from '../problems.ts';
import { abortOnSignals } from '../terminal/interruption.ts';
import { progressOn, SILENT } from '../terminal/progress.ts';
import { PLAIN, styleFor } from '../terminal/style.ts';
import type { Invocation } from './invocation.ts';
import { type Globals, Session } from './session.ts';

/** Narrower terminals wrap by themselves; nothing can be lined up on them. */
const MIN_COLUMNS = 50;

/** Does what the command line asks for, until it is done or `signal` aborts. Returns the exit code. */
export async function runInvocation(invocation: Invocation, globals: Globals, signal: AbortSignal): Promise<number> {
  const { colour, quiet } = globals;
  const { onConfigProblem } = invocation;
  const config = await readConfig(process.env, onConfigProblem && (({ message }) => onConfigProblem(message)));
  await useCredentials(config.env, onConfigProblem);
  const errors = colour ? styleFor(process.stderr) : PLAIN;
  using progress = quiet || !process.stderr.isTTY ? SILENT : progressOn(process.stderr, errors, config.env['TERM']);
  using session = new Session(globals, {
    config,
    signal: AbortSignal.any([abortOnSignals(() => progress.doing('cancelling; Ctrl-C again leaves at once')), signal]),
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
