import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { SpeechError } from '../speech/index.ts';

export interface EspeakJob {
  readonly text: string;
  /** As `--voices` lists its language, such as `nl` or `en-gb`. */
  readonly voice: string;
  readonly wordsPerMinute: number;
}

const LIST_MS = 10_000;
const LIST_BYTES = 1 << 20;
/** What it says of a failure is kept up to here; it may repeat the text. */
const MAX_COMPLAINT_CHARACTERS = 500;

export interface ProgramPlace {
  /** A name or a path. */
  readonly program: string;
  /** Where a name is looked for, as `PATH` has it. */
  readonly path: string;
}

/** The program `espeak-ng`, which its owner installed. It is run as a process of its own for each piece, never by a shell. */
export class EspeakProgram {
  readonly #program: string;
  /** Nothing else of ours: neither keys nor a locale that would change how it reads. */
  readonly #env: NodeJS.ProcessEnv;

  constructor({ program, path }: ProgramPlace) {
    this.#program = program;
    this.#env = { PATH: path, LANG: 'C.UTF-8' };
  }

  /** What `--voices` prints. */
  async voices(): Promise<string> {
    const options = { timeout: LIST_MS, maxBuffer: LIST_BYTES, env: this.#env };
    const { stdout } = await promisify(execFile)(this.#program, ['--voices'], options);
    return stdout;
  }

  /**
   * The bytes of a WAV file as they are made, at the pace of the reader. However it is left, the process is gone then. Ends
   * with ENGINE_FAILED when the program does, or with the reason of the signal.
   */
  async *speak({ text, voice, wordsPerMinute }: EspeakJob, signal: AbortSignal): AsyncGenerator<Buffer, void> {
    signal.throwIfAborted();
    const options = ['--stdin', '--stdout', '-b', '1', '-v', voice, '-s', String(wordsPerMinute)];
    const child = spawn(this.#program, options, { env: this.#env });
    const ended = endOf(child);
    const kill = (): void => void child.kill('SIGKILL');
    signal.addEventListener('abort', kill, { once: true });
    try {
      // A program that does not read its text says so by its end.
      child.stdin.on('error', () => {}).end(text);
      yield* child.stdout as AsyncIterable<Buffer>;
      const complaint = await ended;
      signal.throwIfAborted();
      if (complaint !== undefined) throw failed(complaint);
    } finally {
      signal.removeEventListener('abort', kill);
      kill();
      await ended;
    }
  }
}

/** Resolves when the process is gone: with what went wrong, or undefined. Never rejects. */
async function endOf(child: ChildProcessWithoutNullStreams): Promise<Error | undefined> {
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (said: string) => {
    complaint = (complaint + said).slice(0, MAX_COMPLAINT_CHARACTERS);
  });
  try {
    const [code, killedBy] = (await once(child, 'close')) as [number | null, string | null];
    return code === 0 ? undefined : new Error(`ended with ${killedBy ?? code}: ${complaint.trim()}`);
  } catch (error) {
    return error as Error;
  }
}

const failed = (cause: Error): SpeechError =>
  new SpeechError('ENGINE_FAILED', 'the speech engine failed', { engine: 'espeak-ng' }, { cause });
