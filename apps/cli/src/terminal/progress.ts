import { MARGIN } from './columns.ts';
import type { Style } from './style.ts';
import { fit } from './text.ts';

/** Says what is going on while the person waits. */
export interface Progress extends Disposable {
  /** What is being done now. */
  doing(text: string): void;
  /** Writes something else where it does not collide with the moving line. */
  aside(write: () => void): void;
  /** Something is finished; it stays to be read. */
  done(text: string, detail?: string): void;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;
const DEFAULT_COLUMNS = 80;
const CLEAR_LINE = '\r\u001b[K';

/** The text and, from the first second on, how long it takes already. */
export function phaseLine(text: string, elapsedMs: number): string {
  const seconds = Math.floor(elapsedMs / 1000);
  if (seconds < 1) return text;
  return `${text} · ${seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`}`;
}

/** Says nothing: where nobody looks, or nobody wants to. */
export const SILENT: Progress = {
  doing: () => {},
  aside: (write) => write(),
  done: () => {},
  [Symbol.dispose]: () => {},
};

/** A line for each finished step; on a terminal also a moving one for the step under way. `term`: the variable TERM. */
export function progressOn(stream: NodeJS.WriteStream, style: Style, term: string | undefined): Progress {
  // What is written on a dumb terminal stays.
  const moving = stream.isTTY && term !== 'dumb' ? new Spinner(stream, style) : undefined;
  return {
    doing: (text) => moving?.show(text),
    aside: (write) => {
      moving?.clear();
      write();
      moving?.draw();
    },
    done: (text, detail = '') => {
      moving?.clear();
      stream.write(`${MARGIN}${style.quiet(`${text.padEnd(13)} ${detail}`.trimEnd())}\n`);
      moving?.draw();
    },
    [Symbol.dispose]: () => moving?.stop(),
  };
}

class Spinner {
  readonly #stream: NodeJS.WriteStream;
  readonly #style: Style;
  #timer: NodeJS.Timeout | undefined;
  #text = '';
  #sinceMs = 0;
  #frame = 0;

  constructor(stream: NodeJS.WriteStream, style: Style) {
    this.#stream = stream;
    this.#style = style;
  }

  show(text: string): void {
    if (text !== this.#text) this.#sinceMs = performance.now();
    this.#text = text;
    this.#timer ??= setInterval(() => this.draw(), FRAME_MS).unref();
    this.draw();
  }

  draw(): void {
    if (this.#text === '') return;
    this.#frame = (this.#frame + 1) % FRAMES.length;
    const line = `${FRAMES[this.#frame]} ${phaseLine(this.#text, performance.now() - this.#sinceMs)}`;
    // A line that wraps could not be cleared any more.
    const width = (this.#stream.columns || DEFAULT_COLUMNS) - MARGIN.length - 1;
    this.#stream.write(`${CLEAR_LINE}${MARGIN}${this.#style.quiet(fit(line, width).trimEnd())}`);
  }

  clear(): void {
    if (this.#text !== '') this.#stream.write(CLEAR_LINE);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.clear();
    this.#text = '';
  }
}
