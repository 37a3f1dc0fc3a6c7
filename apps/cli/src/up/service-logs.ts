import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { OutputLine } from '@exempla/launch';

/** Keeps what services print, a file for each. */
export interface ServiceLogs extends AsyncDisposable {
  write(line: OutputLine): void;
}

export async function openServiceLogs(directory: string): Promise<ServiceLogs> {
  await mkdir(directory, { recursive: true });
  const streams = new Map<string, WriteStream>();
  const streamOf = (name: string): WriteStream => {
    const stream = streams.get(name) ?? createWriteStream(join(directory, `${name}.log`), { flags: 'a' });
    // A full disk loses the log, not the mesh.
    if (!streams.has(name)) stream.on('error', () => {});
    streams.set(name, stream);
    return stream;
  };
  return {
    write: ({ process, text }) => void streamOf(process).write(`${text}\n`),
    [Symbol.asyncDispose]: async () => {
      const ends = [...streams.values()].map((stream) => finished(stream.end()).catch(() => {}));
      await Promise.all(ends);
    },
  };
}
