import { resolve } from 'node:path';
import { restoreBackup } from '../backup/restore-backup.ts';
import type { Restored } from '../backup/restore-archive.ts';
import { verifyArchive } from '../backup/verify-archive.ts';
import { DiskObjects } from '../disk-objects.ts';
import { type CommandConfig, ownerUrl } from './command-config.ts';
import type { Command } from './run-command.ts';
import { inBytes } from './sizes.ts';

const HELP = `Fills an empty database, and an empty directory of objects, from FILE; compares; migrates to the current version.

  npm run restore -w @exempla/storage -- FILE [--verify | --keep-objects] [--json]

  --verify        only tries: into a database of its own on the same server, which is dropped again
  --keep-objects  adds to the objects that are in the directory already; no other database may have them there
  --json          the result as JSON on standard output

Reads DATABASE_ADMIN_URL (the owner), DATABASE_URL and EXEMPLA_STORAGE_OBJECTS_DIR as the service does.
Exit code: 0 done, 1 failed, 2 misused, 130 stopped; then the database is as empty as before.
`;

export const restoreCommand = (config: () => Promise<CommandConfig>): Command => ({
  name: 'restore',
  help: HELP,
  flags: ['verify', 'keep-objects'],
  takesFile: true,
  run: async ({ flags, file }, job) => {
    const { databaseWaitMs: waitMs, databaseUrl: url, objectsDirectory, workingDirectory, ...rest } = await config();
    const path = resolve(workingDirectory, file!);
    const options = { ...job, waitMs, adminUrl: ownerUrl(rest) };
    if (flags.has('verify')) return outcome(await verifyArchive(path, options), 'can be restored');
    const bytes = new DiskObjects(objectsDirectory);
    await bytes.prepare();
    return outcome(
      await restoreBackup({ ...options, url, path, bytes, keepBytes: flags.has('keep-objects') }),
      'restored',
    );
  },
});

function outcome(restored: Restored, what: string): { result: Record<string, unknown>; text: string; isGood: boolean } {
  const lines = restored.tables.map(
    ({ table, rows, rowSum }) => `${table.padEnd(28)} ${String(rows).padStart(10)}  ${rowSum}\n`,
  );
  const objects = restored.hasObjects
    ? `${restored.objects} objects (${inBytes(restored.objectBytes)})`
    : 'no bytes of objects are in it: copy their directory, then run the check';
  const head = `${what}: schema version ${restored.schemaVersion} of ${restored.createTime}; every table equals the archive\n`;
  return { result: { ...restored }, text: `${head}${lines.join('')}${objects}\n`, isGood: true };
}
