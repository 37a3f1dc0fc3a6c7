import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { numberArray, textArray } from '../src/adapters/array-text.ts';
import { startTestServer, type TestServer } from './database.ts';

let server: TestServer;
let client: pg.Client;

beforeAll(async () => {
  server = await startTestServer();
  client = await (await server.database()).session();
});
afterAll(() => server.stop());

const read = async (type: string, text: string): Promise<unknown> =>
  (await client.query<{ value: unknown }>(`select $1::${type}[] as value`, [text])).rows[0]?.value;

describe('an array as text', () => {
  it.each([
    { what: 'nothing', values: [] },
    { what: 'plain words', values: ['a', 'b-1', 'c'] },
    { what: 'what means something in an array', values: ['{', '}', ',', ' ', '', 'NULL', 'null', '{"a","b"}'] },
    { what: 'quotes and backslashes, which are escaped', values: ['"', '\\', '\\"', 'a"b\\c', '\\\\', 'x'] },
    { what: 'lines, tabs and all scripts', values: ['a\nb', '\t', '\r\n', 'Лиса 🦊', "'", '$1', '\u0001'] },
  ])('is read as it was given: $what', async ({ values }) => {
    expect(await read('text', textArray(values))).toEqual(values);
  });

  it('holds numbers', async () => {
    expect(await read('integer', numberArray([]))).toEqual([]);
    expect(await read('integer', numberArray([0, -1, 2 ** 31 - 1]))).toEqual([0, -1, 2 ** 31 - 1]);
  });
});
