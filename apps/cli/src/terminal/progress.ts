import { MARGIN } from './columns.ts';
import type { Style } from './style.ts';

/** Says what is going on while the person waits. */
export interface Progress extends Disposable {
  /** What is being done now. */
  doing(text: string): void;
  /** Something is finished; it stays to be read. */
  done(text: string, detail?: string): void;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;
const CLEAR_LINE = '\r\u001b[K';

/** A line for each finished step; on a terminal also a moving one for the step under way. */
export function progressOn(stream: NodeJS.WriteStream, style: Style): Progress {
  const moving = stream.isTTY ? new Spinner(stream, style) : undefined;
  return {
    doing: (text) => moving?.show(text),
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
  #frame = 0;

  constructor(stream: NodeJS.WriteStream, style: Style) {
    this.#stream = stream;
    this.#style = style;
  }

  show(text: string): void {
    this.#text = text;
    this.#timer ??= setInterval(() => this.draw(), FRAME_MS).unref();
    this.draw();
  }

  draw(): void {
    if (this.#text === '') return;
    this.#frame = (this.#frame + 1) % FRAMES.length;
    this.#stream.write(`${CLEAR_LINE}${MARGIN}${this.#style.quiet(`${FRAMES[this.#frame]} ${this.#text}`)}`);
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
