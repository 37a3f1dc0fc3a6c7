import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame } from './heartbeat.ts';

/** `burnCpu services/audio/dist/wav.js:12:5`, without what names the machine. */
export function describeFrame({ name, url, line, column }: Frame, directory = process.cwd()): string {
  // Of the language itself, such as `JSON.parse`.
  if (url === '' && line === 0) return `${name} (native)`;
  return `${name || '(top level)'} ${place(url, directory)}:${line}:${column}`;
}

/** The first frame that is not Node's own code: who called what takes so long. */
export const culpritOf = (frames: readonly Frame[]): Frame | undefined =>
  frames.find(({ url }) => url !== '' && !url.startsWith('node:')) ?? frames[0];

const NODE_MODULES = '/node_modules/';

function place(url: string, directory: string): string {
  if (!url.startsWith('file://')) return url || '(unknown)';
  const path = fileURLToPath(url);
  const module = path.lastIndexOf(NODE_MODULES);
  if (module !== -1) return path.slice(module + 1);
  const within = relative(directory, path);
  return within.startsWith('..') ? path.split('/').slice(-2).join('/') : within;
}
