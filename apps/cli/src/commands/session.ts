import type { Config } from '../config.ts';
import type { Progress } from '../terminal/progress.ts';
import type { Style } from '../terminal/style.ts';
import { Peers } from './peers.ts';

/** text: for a person · json: one document · json-lines: a document for each message, item or part. */
export type Format = 'text' | 'json' | 'json-lines';

/** Options that every command has. */
export interface Globals {
  format: Format;
  deadlineMs: number | undefined;
  colour: boolean;
  quiet: boolean;
  tenant: string | undefined;
}

export interface Surroundings {
  config: Config;
  signal: AbortSignal;
  print: (text: string) => void;
  /** Columns. */
  width: number;
  style: Style;
  progress: Progress;
}

/** What a command runs with: whom it calls, and where its answer goes. */
export class Session implements Disposable {
  readonly globals: Globals;
  readonly around: Surroundings;
  readonly peers: Peers;

  constructor(globals: Globals, around: Surroundings) {
    this.globals = globals;
    this.around = around;
    const { targets, caller } = around.config;
    const { tenant = caller.tenant, deadlineMs } = globals;
    this.peers = new Peers({ targets, caller: { ...caller, tenant }, deadlineMs, signal: around.signal });
  }

  /** Says what is being done, while nothing else is to be seen. */
  doing(phase: string): void {
    this.around.progress.doing(phase);
  }

  /** Lines for a person; nothing in the other formats. */
  text(lines: readonly string[]): void {
    if (this.globals.format === 'text' && lines.length > 0) this.#write(`${lines.join('\n')}\n`);
  }

  /** A message of a stream, for whoever wants each. */
  message(json: () => unknown): void {
    if (this.globals.format === 'json-lines') this.#write(`${JSON.stringify(json())}\n`);
  }

  /** What all messages of a stream come to, for whoever wants only that. */
  document(json: () => unknown): void {
    if (this.globals.format === 'json') this.#write(`${JSON.stringify(json())}\n`);
  }

  /** The answer to a single call: a document, or lines for a person. */
  answer(json: () => unknown, lines: (width: number, style: Style) => readonly string[]): void {
    const { width, style } = this.around;
    this.document(json);
    this.message(json);
    this.text(lines(width, style));
  }

  #write(text: string): void {
    this.around.progress.aside(() => this.around.print(text));
  }

  [Symbol.dispose](): void {
    this.peers[Symbol.dispose]();
  }
}
