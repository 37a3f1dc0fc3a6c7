import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BEEPING = fileURLToPath(new URL('../programs/beeping-program.mjs', import.meta.url));

/** A directory with a program in it that takes the options of espeak-ng and beeps. */
export async function installBeeping(): Promise<{ directory: string; path: string } & AsyncDisposable> {
  const directory = await mkdtemp(join(tmpdir(), 'beeping-'));
  const path = join(directory, 'espeak-ng');
  await writeFile(path, `#!/bin/sh\nexec "${process.execPath}" "${BEEPING}" "$@"\n`);
  await chmod(path, 0o755);
  return { directory, path, [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }) };
}
