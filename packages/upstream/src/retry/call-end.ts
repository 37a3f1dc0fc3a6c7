import { deadlineExceeded } from '@exempla/rpc';
import type { UpstreamCall } from '../call.ts';
import type { OpenCalls } from './open-calls.ts';

/** A signal that follows others and can be ended; disposing of it leaves no listener behind. */
class Following implements Disposable {
  readonly #controller = new AbortController();
  readonly #undo: (() => void)[] = [];

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  follow(other: AbortSignal): void {
    const aborted = (): void => this.abort(other.reason);
    if (other.aborted) return aborted();
    other.addEventListener('abort', aborted, { once: true });
    this.#undo.push(() => other.removeEventListener('abort', aborted));
  }

  [Symbol.dispose](): void {
    for (const undo of this.#undo.splice(0)) undo();
  }
}

/** Longest time a timer takes; longer ones would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** When a call ends whatever happens: its caller leaves, its deadline passes, or everything closes. */
export class CallEnd extends Following {
  readonly #timer: NodeJS.Timeout;
  #late = false;

  /** Whether it ended by its deadline. */
  get late(): boolean {
    return this.#late;
  }

  constructor({ signal, deadline }: Pick<UpstreamCall, 'signal' | 'deadline'>, { closing, what }: OpenCalls) {
    super();
    this.follow(signal);
    this.follow(closing);
    const passed = (): void => {
      this.#late = !this.signal.aborted;
      this.abort(deadlineExceeded(what));
    };
    const ms = Math.max(0, deadline.remainingMs());
    this.#timer = setTimeout(passed, Math.min(ms, MAX_TIMER_MS));
    if (ms === 0) passed();
  }

  override [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    super[Symbol.dispose]();
  }
}

/** The end of one attempt: the call's, or time of its own that runs only between `arm` and `disarm`. */
export class AttemptEnd extends Following {
  #timer: NodeJS.Timeout | undefined;
  #timedOut = false;

  constructor(call: AbortSignal) {
    super();
    this.follow(call);
  }

  get timedOut(): boolean {
    return this.#timedOut;
  }

  arm(ms: number): void {
    this.disarm();
    this.#timer = setTimeout(() => this.#timeOut(), Math.min(Math.max(0, ms), MAX_TIMER_MS));
  }

  disarm(): void {
    clearTimeout(this.#timer);
  }

  #timeOut(): void {
    if (this.signal.aborted) return;
    this.#timedOut = true;
    this.abort(new Error('the attempt took too long'));
  }

  override [Symbol.dispose](): void {
    this.disarm();
    super[Symbol.dispose]();
  }
}
