import { randomBytes } from 'node:crypto';
import { type SessionOptions, withOwner } from './owner-session.ts';
import type { Progress } from './progress.ts';
import { restoreArchive, type Restored } from './restore-archive.ts';

export interface VerifyOptions extends SessionOptions {
  readonly adminUrl: string;
  readonly progress: Progress;
}

/** Restores the archive into a database of its own on the same server, compares, and drops it again. */
export async function verifyArchive(path: string, options: VerifyOptions): Promise<Restored> {
  const name = `exempla_verify_${randomBytes(6).toString('hex')}`;
  await withOwner(options.adminUrl, options, (client) => client.query(`create database ${name}`));
  try {
    const url = new URL(options.adminUrl);
    url.pathname = `/${name}`;
    return await withOwner(url.href, options, (client) =>
      restoreArchive(path, { client, bytes: undefined, progress: options.progress }, options.signal),
    );
  } finally {
    // Also when the job was stopped.
    const cleaning = { ...options, signal: new AbortController().signal };
    await withOwner(options.adminUrl, cleaning, (client) =>
      client.query(`drop database if exists ${name} with (force)`),
    );
  }
}
