import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startPostgres } from '@exempla/launch';

describe('startPostgres', () => {
  it('serves and goes', async () => {
    const t = performance.now();
    const server = await startPostgres();
    console.log(performance.now() - t, server.adminUrl);
    const client = new pg.Client(server.adminUrl);
    client.on('error', () => {});
    await client.connect();
    expect((await client.query('show max_connections')).rows[0].max_connections).toBe('200');
    await client.end();
    const t2 = performance.now();
    await server.stop();
    console.log(performance.now() - t2);
  });
});
