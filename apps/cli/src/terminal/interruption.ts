import { constants } from 'node:os';

/** The person, or the system, wants us to end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  /** As shells have it: 128 and the number of the signal. */
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super(`interrupted by ${signal}`);
    this.exitCode = 128 + (constants.signals[signal] ?? 0);
  }
}

/** npm passes on a Ctrl-C that the terminal has sent to everybody already: one key, two signals. */
const SAME_KEY_MS = 500;

/** Aborts on the first Ctrl-C, SIGTERM or hang-up; a later one ends at once and leaves the rest to the watchdog. */
export function abortOnSignals(onFirst: () => void = () => {}): AbortSignal {
  const controller = new AbortController();
  let firstAt = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const reason = new Interrupted(signal);
      if (controller.signal.aborted) {
        if (performance.now() - firstAt > SAME_KEY_MS) process.exit(reason.exitCode);
        return;
      }
      firstAt = performance.now();
      onFirst();
      controller.abort(reason);
    });
  }
  return controller.signal;
}
