import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { AnswerOfOtherType, pooledFetch, poolFor } from '../src/index.ts';

const LIMITS = { maxBytes: 1e9, types: /^audio\// };

async function serve(listener: RequestListener): Promise<AsyncDisposable & { url: string; fetch: typeof fetch }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const agent = poolFor(new URL(url), { connections: 2, maxKeepalive: 1 });
  return {
    url,
    fetch: pooledFetch(agent, LIMITS),
    [Symbol.asyncDispose]: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('an answer', () => {
  it('is read no faster than it is used', async () => {
    let sent = 0;
    await using server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg' });
      const chunk = Buffer.alloc(65_536);
      const more = (): void => {
        let room = true;
        while (room && sent < 500e6) {
          sent += chunk.length;
          room = response.write(chunk);
        }
      };
      response.on('drain', more);
      more();
    });
    const answer = await server.fetch(server.url);
    const reader = answer.body!.getReader();
    await reader.read();
    let before = -1;
    await eventually('the server to stand still', async () => {
      const stands = sent === before;
      before = sent;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return stands;
    });
    // What the two sockets of a loopback hold, and a few chunks.
    expect(sent).toBeLessThan(20e6);
    await reader.cancel();
  });

  it('of another type is refused before its body, and its socket closed', async () => {
    let closed = false;
    await using server = await serve((_, response) => {
      response.once('close', () => (closed = true));
      response.writeHead(200, { 'content-type': 'text/html' }).write('<html>');
    });
    await expect(server.fetch(server.url)).rejects.toThrow(AnswerOfOtherType);
    await eventually('the socket to close', () => closed);
  });
});
