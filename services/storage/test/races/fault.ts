import { readFile } from 'node:fs/promises';
import { ask } from './ask.ts';

const MIGRATION = new URL('../../migrations/0004_events.sql', import.meta.url);
const APPEND = /create function storage\.append_events\([\s\S]*?\n\$\$;\n/;
const LOCK = /^ *perform pg_advisory_xact_lock\(\d+\);\n/m;

/** While `work` runs, events are appended without the lock that keeps positions in the order of commits. */
export async function withoutLock<T>(adminUrl: string, work: () => Promise<T>): Promise<T> {
  const [whole] = APPEND.exec(await readFile(MIGRATION, 'utf8')) ?? [];
  if (whole === undefined || !LOCK.test(whole)) throw new Error('the migration has no such function with a lock in it');
  const replace = (text: string) => ask(adminUrl, text.replace('create function', 'create or replace function'));
  await replace(whole.replace(LOCK, ''));
  try {
    return await work();
  } finally {
    await replace(whole);
  }
}
