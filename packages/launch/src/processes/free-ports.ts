import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below what Linux (from 32768) and macOS (from 49152) give to outgoing connections: one of those could take a port between
 * asking for it and listening on it.
 */
const FIRST = 20_000;
const LAST = 32_000;
const TRIES = 100;

/** Whether the port can be taken on 127.0.0.1 right now. */
export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** Different ports that were free a moment ago. Taking one may still fail when somebody else asks at the same time. */
export async function freePorts(count: number, host?: string): Promise<number[]> {
  const found = new Set<number>();
  for (let tries = 0; found.size < count; tries += 1) {
    if (tries === count * TRIES) throw new Error(`no ${count} free ports between ${FIRST} and ${LAST}`);
    const port = randomInt(FIRST, LAST);
    if (await isPortFree(port, host)) found.add(port);
  }
  return [...found];
}
