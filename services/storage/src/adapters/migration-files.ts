import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

/** One step of the schema. Never changed once it is released: a new step changes what it made. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  /** Of the file, in hex. */
  readonly sha256: string;
}

/** The same from src/ and from dist/. */
const DIRECTORY = new URL('../../migrations/', import.meta.url);
const FILE = /^(\d{4})_([a-z0-9_]+)\.sql$/;

/** In the order they are applied: 1, 2, 3 … without gaps. */
export async function readMigrations(directory: URL = DIRECTORY): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file, index) => {
      const [, number, name] = FILE.exec(file) ?? [];
      if (name === undefined || Number(number) !== index + 1) {
        throw new Error(`migrations/${file} is not number ${index + 1}: files are named 0001_what.sql, without gaps`);
      }
      const sql = await readFile(new URL(file, directory), 'utf8');
      return { version: index + 1, name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
