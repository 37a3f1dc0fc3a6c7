// Which files a rule looks at: our own TypeScript below some folders, without what is generated or built.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const NOT_SOURCE = new Set(['node_modules', 'dist', 'gen', '.git', '.exempla', 'coverage', 'demo-output']);

/** Paths relative to `root`, with `/`, sorted; a folder that is not there has none. */
export async function filesBelow(root, folder) {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found = await Promise.all(
    entries
      .filter((entry) => !NOT_SOURCE.has(entry.name))
      .map((entry) =>
        entry.isDirectory() ? filesBelow(root, `${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
      ),
  );
  return found.flat().sort();
}

export async function typescriptBelow(root, folders) {
  const found = await Promise.all(folders.map((folder) => filesBelow(root, folder)));
  return found.flat().filter((path) => /\.[cm]?tsx?$/.test(path) && !path.endsWith('.d.ts'));
}

export const CODE_FOLDERS = ['packages', 'services', 'apps'];
