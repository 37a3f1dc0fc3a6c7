import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { workingDirectory } from '../support.ts';

const NOTE = new URL('./note-modules.mjs', import.meta.url).href;

/** Packages of others that a program loads, and the modules of ours, as paths below the root; each once, in order. */
export interface Loaded {
  code: number | null;
  packages: string[];
  own: string[];
}

/** Runs a program of this repository until it ends, and tells what it loaded. `flags` are for Node. */
export async function loadedBy(
  program: URL,
  args: readonly string[],
  { flags = [], env = {} }: { flags?: readonly string[]; env?: Record<string, string> } = {},
): Promise<Loaded> {
  await using directory = await workingDirectory();
  const file = join(directory.path, 'loaded.txt');
  const line = ['--no-warnings', ...flags, '--import', NOTE, fileURLToPath(program), ...args];
  const child = spawn(process.execPath, line, {
    cwd: directory.path,
    env: { PATH: process.env['PATH'] ?? '', HOME: directory.path, LOADED: file, ...env },
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  const urls = (await readFile(file, 'utf8')).split('\n');
  const root = new URL('../../../../', import.meta.url).href;
  const sorted = (found: (string | undefined)[]): string[] =>
    [...new Set(found.filter((one) => one !== undefined))].sort();
  return {
    code,
    packages: sorted(urls.map((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1])),
    own: sorted(
      urls.map((url) => (url.startsWith(root) && !url.includes('/node_modules/') ? url.slice(root.length) : undefined)),
    ),
  };
}
