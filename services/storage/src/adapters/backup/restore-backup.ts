import { migrate } from '../migrate.ts';
import { type SessionOptions, withOwner } from './owner-session.ts';
import type { Progress } from './progress.ts';
import { restoreArchive, type Restored, type TargetBytes } from './restore-archive.ts';

export interface RestoreOptions extends SessionOptions {
  readonly adminUrl: string;
  /** URL the service will use; its role is made from it. */
  readonly url: string;
  readonly path: string;
  readonly bytes: TargetBytes;
  /** Adds to bytes that are there; without it there must be none. */
  readonly keepBytes: boolean;
  readonly progress: Progress;
}

/** Fills an empty database, then brings it to the version of this service, so that the service can start. */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { adminUrl, url, path, bytes, keepBytes, progress, signal } = options;
  const restored = await withOwner(adminUrl, options, (client) =>
    restoreArchive(path, { client, bytes, keepBytes, progress }, signal),
  );
  await migrate({ adminUrl, url, waitMs: options.waitMs, log: options.log });
  return restored;
}
