import { makeTemporaryDatabase, type TemporaryDatabase } from '@exempla/launch';
import pg from 'pg';
import type { TestServer } from './database.ts';

/** A database that nobody has migrated. */
export const freshDatabase = ({ postgres }: TestServer): Promise<TemporaryDatabase> =>
  makeTemporaryDatabase(postgres.adminUrl);

export const userOf = (url: string): string => decodeURIComponent(new URL(url).username);

/** One statement, as whom the URL names. */
export async function queryAs<R extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(text, values)).rows;
  } finally {
    await client.end();
  }
}
