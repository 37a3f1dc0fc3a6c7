import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { OutputLine } from '@exempla/launch';

/** Keeps what services print, a file for each. */
export interface ServiceLogs extends AsyncDisposable {
  write(line: OutputLine): void;
}

/** A file that is full is put aside as `<name>.log.1`, in place of the one before: twice this is kept of each process. */
const MAX_BYTES = 10_000_000;

export async function openServiceLogs(directory: string, maxBytes = MAX_BYTES): Promise<ServiceLogs> {
  await mkdir(directory, { recursive: true });
  const files = new Map<string, LogFile>();
  return {
    write: ({ process, text }) => {
      const file = files.get(process) ?? new LogFile(join(directory, `${process}.log`), maxBytes);
      files.set(process, file);
      file.write(`${text}\n`);
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...files.values()].map((file) => file.end()));
    },
  };
}

class LogFile {
  readonly #path: string;
  readonly #maxBytes: number;
  #stream: WriteStream;
  #bytes = 0;
  /** While the size is asked for, or a full file is put aside; what is written meanwhile goes to the file there is. */
  #busy: Promise<void> | undefined;

  constructor(path: string, maxBytes: number) {
    this.#path = path;
    this.#maxBytes = maxBytes;
    this.#stream = open(path);
    this.#busy = this.#countWhatIsThere();
  }

  write(text: string): void {
    this.#stream.write(text);
    this.#bytes += Buffer.byteLength(text);
    if (this.#bytes >= this.#maxBytes) this.#busy ??= this.#putAside();
  }

  async #countWhatIsThere(): Promise<void> {
    const before = await stat(this.#path).catch(() => ({ size: 0 }));
    this.#bytes += before.size;
    this.#busy = this.#bytes >= this.#maxBytes ? this.#putAside() : undefined;
  }

  async #putAside(): Promise<void> {
    const full = this.#stream;
    // Its stream goes on writing into it, under its new name, until the next one is there.
    const renamed = await rename(this.#path, `${this.#path}.1`).then(
      () => true,
      () => false,
    );
    this.#bytes = 0;
    if (renamed) {
      this.#stream = open(this.#path);
      await finished(full.end()).catch(() => {});
    }
    this.#busy = undefined;
  }

  async end(): Promise<void> {
    while (this.#busy) await this.#busy;
    await finished(this.#stream.end()).catch(() => {});
  }
}

function open(path: string): WriteStream {
  const stream = createWriteStream(path, { flags: 'a' });
  // A full disk loses the log, not the mesh.
  stream.on('error', () => {});
  return stream;
}
