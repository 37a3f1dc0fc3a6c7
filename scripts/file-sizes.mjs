// Long files are split by concept. A warning: a table may be long and good.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CODE_FOLDERS, filesBelow } from './source-files.mjs';

const MAX_LINES = 300;

export async function checkFileSizes(root) {
  const paths = (await Promise.all([...CODE_FOLDERS, 'scripts'].map((folder) => filesBelow(root, folder)))).flat();
  const sizes = await Promise.all(
    paths
      .filter((path) => /\.(?:ts|mjs|js|css|sql|sh)$/.test(path))
      .map(async (path) => ({ path, lines: (await readFile(join(root, path), 'utf8')).split('\n').length - 1 })),
  );
  return sizes
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => ({ file: path, line: MAX_LINES, message: `${lines} lines` }));
}
