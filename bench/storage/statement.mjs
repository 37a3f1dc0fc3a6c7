// The statement of an append alone, on one connection, its arguments made before: what the server and the flush take.
import pg from 'pg';
import { appendArguments } from '../../services/storage/dist/adapters/event-rows.js';
import { APPEND } from '../../services/storage/dist/adapters/postgres-events.js';
import { median } from '../lib.mjs';
import { appendOf, lines } from './load.mjs';

/** By number of appends in the batch: medians of the statement, of its commit, and of making the arguments, ms. */
export async function statementAlone(url, sizes, times) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const figures = {};
  for (const size of sizes) {
    const given = lines(size);
    const took = { argumentsMs: [], statementMs: [], commitMs: [] };
    for (let i = 0; i < times; i += 1) {
      const appends = given.map((line) => appendOf(line.next()));
      let at = performance.now();
      const lap = (name) => {
        const now = performance.now();
        took[name].push(now - at);
        at = now;
      };
      const values = appendArguments(appends);
      lap('argumentsMs');
      await client.query('begin');
      at = performance.now();
      await client.query({ ...APPEND, values });
      lap('statementMs');
      await client.query('commit');
      lap('commitMs');
    }
    figures[`${size} appends`] = Object.fromEntries(
      Object.entries(took).map(([name, values]) => [name, median(values)]),
    );
  }
  await client.end();
  return figures;
}
