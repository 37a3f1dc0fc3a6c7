import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { holderOf } from '@exempla/launch';
import { bytes } from '../terminal/text.ts';
import { DATA_DIRECTORY, LOCK_FILE } from '../up/data-directory.ts';
import { type Check, fail, ok, warn } from './check.ts';

const MIN_NODE = 24;

export function checkNode(version: string): Check {
  const major = Number(version.replace(/^v/, '').split('.')[0]);
  if (major >= MIN_NODE) return ok('node', version);
  return fail('node', `${version}; the services need ${MIN_NODE} or later`, 'npm ci brings Node 26: run npx exempla');
}

const PLATFORMS = ['linux x64', 'linux arm64', 'darwin x64', 'darwin arm64'];

export function checkPlatform(platform: string, arch: string): Check {
  const name = `${platform} ${arch}`;
  if (PLATFORMS.includes(name)) return ok('platform', name);
  return warn('platform', `${name} is untested`, `Tested are ${PLATFORMS.join(', ')}; elsewhere docker compose up`);
}

const GIB = 2 ** 30;
const FEW_BYTES = 2 * GIB;
const TOO_FEW_BYTES = GIB / 4;

/** Room for the data: below 2 GiB it warns, below 256 MiB PostgreSQL soon stops. */
export function checkDisk(directory: string, freeBytes: number): Check {
  const says = `${bytes(freeBytes)} free for ${directory}`;
  if (freeBytes >= FEW_BYTES) return ok('disk', says);
  const todo = 'Make room, or run the mesh in a directory on another disk';
  return freeBytes < TOO_FEW_BYTES ? fail('disk', says, todo) : warn('disk', says, todo);
}

export async function freeBytesBelow(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(await existing(directory));
  return bavail * bsize;
}

/** The directory, or the nearest one above it that is there. */
async function existing(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found || dirname(path) === path ? path : existing(dirname(path));
}

/** Whether `exempla up` can keep its data in `directory`. */
export async function checkDataDirectory(directory: string): Promise<Check> {
  const name = 'data';
  const found = await stat(directory).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error && found.code !== 'ENOENT')
    return fail(
      name,
      `${directory} cannot be read: ${found.code}`,
      `Give this user the right to ${dirname(directory)}`,
    );
  if (found instanceof Error) {
    const parent = await existing(directory);
    if (await isUsable(parent)) return ok(name, `${directory} is not there yet; exempla up makes it`);
    return fail(name, `${parent} cannot be written`, 'Run exempla up in a directory of yours');
  }
  if (!found.isDirectory())
    return fail(name, `${directory} is no directory`, `Move it away: mv ${directory} ${directory}.old`);
  if (!(await isUsable(directory)))
    return fail(name, `${directory} cannot be written by this user`, `sudo chown -R $(id -un) ${directory}`);
  return held(directory, name);
}

async function held(directory: string, name: string): Promise<Check> {
  const holder = await holderOf(join(directory, LOCK_FILE)).catch((error: Error) => error);
  if (holder instanceof Error)
    return fail(name, `${join(directory, LOCK_FILE)} cannot be read`, `sudo chown -R $(id -un) ${directory}`);
  return ok(name, holder ? `${directory}, in use by process ${holder.pid}` : directory);
}

const isUsable = (path: string): Promise<boolean> =>
  access(path, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );

export async function checkMachine(): Promise<Check[]> {
  const directory = resolve(DATA_DIRECTORY);
  return [
    checkNode(process.version),
    checkPlatform(process.platform, process.arch),
    checkDisk(directory, await freeBytesBelow(directory)),
    await checkDataDirectory(directory),
  ];
}
