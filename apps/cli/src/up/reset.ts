import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { holderOf, removePostgresData } from '@exempla/launch';
import { RefusedError } from '../problems.ts';
import { DATA_DIRECTORY, LOCK_FILE } from './data-directory.ts';

/** Removes the data of `npm run up`; refused while it is in use. Returns the directory. */
export async function reset(): Promise<string> {
  const directory = resolve(DATA_DIRECTORY);
  const holder = await holderOf(join(directory, LOCK_FILE));
  if (holder) {
    throw new RefusedError(`Process ${holder.pid} runs the mesh on ${directory}. End it first: kill ${holder.pid}`);
  }
  await removePostgresData(join(directory, 'postgres'));
  await rm(directory, { recursive: true, force: true });
  return directory;
}
