// A copy of the working tree in which something may be broken.
import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from './command.mjs';

/** Tracked files and new ones, with packages linked: a fault in the copy touches nothing of ours. */
export async function copyTree(root, copy) {
  const { output } = await run(root, 'git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  for (const path of output.split('\0').filter(Boolean)) {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await cp(join(root, path), join(copy, path)).catch(ignoreDeleted);
  }
  await mkdir(join(copy, 'node_modules/@exempla'), { recursive: true });
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name !== '@exempla') await symlink(join(root, 'node_modules', name), join(copy, 'node_modules', name));
  }
  for (const folder of ['packages', 'services', 'apps']) {
    for (const name of await readdir(join(copy, folder))) {
      await symlink(join(copy, folder, name), join(copy, 'node_modules/@exempla', name));
      // Tests see the types of other packages as they were built.
      await symlink(join(root, folder, name, 'dist'), join(copy, folder, name, 'dist'));
      // Packages of another version than the others have; where there are none the link leads nowhere.
      await symlink(join(root, folder, name, 'node_modules'), join(copy, folder, name, 'node_modules'));
    }
  }
}

export function ignoreDeleted(error) {
  if (error.code !== 'ENOENT') throw error;
}
