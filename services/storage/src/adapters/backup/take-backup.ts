import { stat } from 'node:fs/promises';
import type { ObjectBytes } from '../../objects/index.ts';
import { holdRemovals } from '../bytes-removal.ts';
import type { Totals } from './archive-format.ts';
import { writeArchive } from './archive-writer.ts';
import { backupFrames, type Written } from './backup-frames.ts';
import { type SessionOptions, withOwner } from './owner-session.ts';
import type { Progress } from './progress.ts';
import { verifyArchive } from './verify-archive.ts';

export interface BackupOptions extends SessionOptions {
  readonly adminUrl: string;
  /** Where the archive goes. */
  readonly path: string;
  /** Undefined leaves the bytes of objects out. */
  readonly bytes: Pick<ObjectBytes, 'open'> | undefined;
  /** Restores it into a database of its own before it gets its name. */
  readonly verify: boolean;
  readonly progress: Progress;
}

export interface Backup extends Totals {
  readonly path: string;
  readonly sizeBytes: number;
  readonly verified: boolean;
}

/** Writes what is in the database at this moment, while the service goes on. */
export async function takeBackup(options: BackupOptions): Promise<Backup> {
  const { adminUrl, path, signal, bytes, progress } = options;
  const written: Written = { tables: 0, rows: 0, objects: 0, objectBytes: 0 };
  await writeArchive(path, {
    signal,
    write: (pack) =>
      withOwner(adminUrl, options, async (client) => {
        if (bytes) await holdRemovals(client);
        await pack(backupFrames({ client, bytes, progress }, written));
      }),
    verify: async (file) => {
      if (options.verify) await verifyArchive(file, options);
    },
  });
  const { size } = await stat(path);
  return { path, sizeBytes: size, verified: options.verify, ...written };
}
