import { styleText } from 'node:util';
import type { Progress } from '../backup/progress.ts';
import { inBytes } from './sizes.ts';

const REPAINT_MS = 100;
const CLEAR_LINE = '\r\u001b[K';

/** For people: a line that moves on a terminal, a line for each part elsewhere. Colours as NO_COLOR allows. */
export class TerminalProgress implements Progress {
  readonly #stream: NodeJS.WriteStream;
  #what = '';
  #bytes = 0;
  #paintedAt = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  begin(what: string): void {
    this.#what = what;
    this.#bytes = 0;
    if (!this.#stream.isTTY) this.#stream.write(`${what}\n`);
    else this.#paint();
  }

  advance(bytes: number): void {
    this.#bytes += bytes;
    if (this.#stream.isTTY && performance.now() - this.#paintedAt > REPAINT_MS) this.#paint();
  }

  end(): void {
    if (this.#stream.isTTY) this.#stream.write(CLEAR_LINE);
  }

  #paint(): void {
    this.#paintedAt = performance.now();
    const size = styleText('dim', inBytes(this.#bytes), { stream: this.#stream });
    this.#stream.write(`${CLEAR_LINE}${this.#what} ${size}`);
  }
}
