// What a page names is there: the target of every relative link, and every path in backticks that begins at the root.
import { access, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { filesBelow } from './source-files.mjs';

const LINK = /\]\(([^()\s]+)\)/g;
const PATH = /`((?:apps|bench|deploy|docs|packages|proto|scripts|services)\/[\w./-]+\.[a-z]+)`/g;
/** Spoken of without being there: the one file that would be allowed to wait for a promise, and an example to follow. */
const ALLOWED = new Set(['apps/cli/src/sync/bridge.ts', 'proto/exempla/glossary/v1/glossary_service.proto']);

export async function checkLinks(root) {
  const pages = (await filesBelow(root, '.')).map((path) => normalize(path)).filter((path) => path.endsWith('.md'));
  const findings = await Promise.all(pages.map((page) => checkPage(root, page)));
  return findings.flat();
}

async function checkPage(root, page) {
  const lines = (await readFile(join(root, page), 'utf8')).split('\n');
  const named = lines.flatMap((text, index) => [
    ...[...text.matchAll(LINK)]
      .map(([, target]) => target.split('#')[0])
      .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
      .map((target) => ({ target, path: join(dirname(page), target), line: index + 1 })),
    ...[...text.matchAll(PATH)].map(([, target]) => ({ target, path: target, line: index + 1 })),
  ]);
  const there = await Promise.all(named.map(({ path }) => exists(join(root, path))));
  return named
    .filter(({ path }, index) => !there[index] && !ALLOWED.has(path))
    .map(({ target, line }) => ({ file: page, line, message: `names ${target}, which is not there` }));
}

async function exists(path) {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}
