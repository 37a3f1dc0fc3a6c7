import { resolve } from 'node:path';
import { takeBackup } from '../backup/take-backup.ts';
import { DiskObjects } from '../disk-objects.ts';
import { type CommandConfig, ownerUrl } from './command-config.ts';
import type { Command } from './run-command.ts';
import { inBytes } from './sizes.ts';

const HELP = `Writes the data of the service to FILE: one moment of the database, and the bytes of objects.

  npm run backup -w @exempla/storage -- FILE [--verify] [--no-objects] [--json]

  --verify      restores it into a database of its own on the same server and compares, before FILE gets its name
  --no-objects  leaves the bytes of objects out (copy their directory yourself)
  --json        the result as JSON on standard output

Reads DATABASE_ADMIN_URL (the owner) and the other variables of the service.
Exit code: 0 done, 1 failed, 2 misused, 130 stopped; then there is no FILE.
`;

export const backupCommand = (config: () => Promise<CommandConfig>): Command => ({
  name: 'backup',
  help: HELP,
  flags: ['verify', 'no-objects'],
  takesFile: true,
  run: async ({ flags, file }, job) => {
    const { databaseWaitMs: waitMs, objectsDirectory, workingDirectory, ...rest } = await config();
    const result = await takeBackup({
      ...job,
      waitMs,
      adminUrl: ownerUrl(rest),
      path: resolve(workingDirectory, file!),
      bytes: flags.has('no-objects') ? undefined : new DiskObjects(objectsDirectory),
      verify: flags.has('verify'),
    });
    const verified = result.verified ? ', restored and compared' : '';
    const objects = flags.has('no-objects')
      ? 'no objects'
      : `${result.objects} objects (${inBytes(result.objectBytes)})`;
    const text =
      `${result.path}: ${inBytes(result.sizeBytes)}, ${result.rows} rows of ${result.tables} tables, ${objects}` +
      `${verified}\n`;
    return { result: { ...result }, text, isGood: true };
  },
});
