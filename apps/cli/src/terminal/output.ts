import { NobodyReads, notWritable } from '../problems.ts';

/** What becomes of what is printed on standard output. */
export interface Output {
  /** Aborts when the reader goes away, as `| head` does (NobodyReads), or takes nothing more, as a full disk. */
  signal: AbortSignal;
  /** Waits until all that was printed has arrived; throws when it did not. */
  arrived(): Promise<void>;
}

/** Without it an output that breaks ends the process, and leaves others behind. */
export function watchOutput(): Output {
  const reader = new AbortController();
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    reader.abort(error.code === 'EPIPE' ? new NobodyReads() : notWritable('standard output', error)),
  );
  process.stderr.on('error', () => {});
  return {
    signal: reader.signal,
    arrived: async () => {
      await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
      reader.signal.throwIfAborted();
    },
  };
}
