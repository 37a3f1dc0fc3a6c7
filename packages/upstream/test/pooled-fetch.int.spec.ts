import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { AnswerOfOtherType, pooledFetch, poolFor } from '../src/index.ts';

const LIMITS = { maxBytes: 1e9, types: /^audio\// };

async function serve(
  listener: RequestListener,
  idleMs = 60_000,
): Promise<AsyncDisposable & { url: string; fetch: typeof fetch }> {
  const server = createServer({ keepAliveTimeout: 60_000 }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const agent = poolFor(new URL(url), { connections: 4, maxKeepalive: 4, idleMs });
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

describe('a connection that was kept open', () => {
  /** Ends every socket that carries another request than its first, as a router does that forgot it while nobody spoke. */
  const forgetful = (asked: (bytes: number) => void): RequestListener => {
    const known = new WeakSet<Socket>();
    return (request, response) => {
      let bytes = 0;
      request.on('data', (chunk: Buffer) => (bytes += chunk.length));
      request.once('end', () => {
        asked(bytes);
        if (known.has(request.socket)) return void request.socket.resetAndDestroy();
        known.add(request.socket);
        response.writeHead(200, { 'content-type': 'audio/mpeg' }).end('sound');
      });
    };
  };
  const question = { method: 'POST', body: 'What is a fox?' };
  const said = async (answer: Promise<Response>): Promise<string> => (await answer).text();

  it('and is gone when it is used again costs nobody an answer, however many there are', async () => {
    const requests: number[] = [];
    await using server = await serve(forgetful((bytes) => void requests.push(bytes)));
    const ask = (): Promise<string[]> =>
      Promise.all(Array.from({ length: 3 }, () => said(server.fetch(server.url, question))));
    await ask();
    expect(await ask()).toEqual(['sound', 'sound', 'sound']);
    // Nobody is asked with half of a question.
    expect(new Set(requests)).toEqual(new Set([question.body.length]));
  });

  it('is closed when it was idle for long, and never while an answer is waited for', async () => {
    const sockets = new Set<Socket>();
    let closed = 0;
    const slow: RequestListener = (request, response) => {
      sockets.add(request.socket.once('close', () => (closed += 1)));
      setTimeout(() => response.writeHead(200, { 'content-type': 'audio/mpeg' }).end('sound'), 200);
    };
    await using server = await serve(slow, 20);
    expect(await said(server.fetch(server.url, question))).toBe('sound');
    expect(sockets.size).toBe(1);
    await eventually('the idle socket to close', () => closed === 1);
  });

  it('is asked on once more only when it was an old one', async () => {
    let requests = 0;
    await using server = await serve((request) => {
      requests += 1;
      request.socket.resetAndDestroy();
    });
    await expect(server.fetch(server.url, question)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(requests).toBe(1);
  });
});
