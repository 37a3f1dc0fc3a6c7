import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { waitUntilServing } from '../src/mesh/readiness.ts';
import { GATEWAY } from '../src/mesh/services.ts';

/** Answers `/readyz` with 503 until it was asked `refusals` times. */
async function startServer(refusals: number) {
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    response.writeHead(asked.length > refusals ? 200 : 503).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const dispose = async (): Promise<void> => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  };
  return { asked, address: `127.0.0.1:${port}`, [Symbol.asyncDispose]: dispose };
}

describe('a server that speaks HTTP', () => {
  it('serves as soon as it says that it is ready', async () => {
    await using server = await startServer(2);
    await waitUntilServing(GATEWAY)(server.address, new AbortController().signal);
    expect(server.asked).toEqual(['/readyz', '/readyz', '/readyz']);
  });

  it('is waited for until nobody wants it any more', async () => {
    await using server = await startServer(Infinity);
    const waiting = new AbortController();
    const wait = waitUntilServing(GATEWAY)(server.address, waiting.signal);
    waiting.abort();
    await expect(wait).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('is waited for also before it listens', async () => {
    const waiting = new AbortController();
    const wait = waitUntilServing(GATEWAY)('127.0.0.1:1', waiting.signal);
    setImmediate(() => waiting.abort());
    await expect(wait).rejects.toMatchObject({ name: 'AbortError' });
  });
});
