import { StringDecoder } from 'node:string_decoder';

/** A longer line is cut: one process must not fill the memory of its launcher. */
const MAX_LINE_CHARACTERS = 1 << 20;

/** Turns chunks of bytes into lines, whatever the chunks cut through: a line, a CRLF or a character. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  /** The lines that `chunk` completes, without their ends. */
  push(chunk: Buffer): string[] {
    const parts = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = (parts.pop() ?? '').slice(0, MAX_LINE_CHARACTERS);
    return parts.map(trimEnd);
  }

  /** What is left when no more comes. */
  end(): string[] {
    const rest = this.#rest + this.#decoder.end();
    this.#rest = '';
    return rest === '' ? [] : [trimEnd(rest)];
  }
}

const trimEnd = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

/** A line of a service is one JSON object; anything else (a stray print, a crash) is text. */
export function parseLine(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
