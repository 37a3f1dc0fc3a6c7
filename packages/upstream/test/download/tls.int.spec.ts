import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent as HttpAgent, type RequestListener } from 'node:http';
import { Agent, createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deadline } from '@exempla/rpc';
import { Downloader } from '../../src/download/index.ts';
import { picture, PNG, startFileServer, type FileServer } from './file-server.ts';

/** Of `localhost`, by an authority that nobody knows. */
const certificate = (name: string): Promise<Buffer> =>
  readFile(new URL(`../../../rpc/test/tls/${name}`, import.meta.url));
const isAllowed = (address: string): boolean => address === '127.0.0.1';

describe('a download over TLS', () => {
  let directory: string;
  let plain: FileServer;
  let server: Server;
  let requests = 0;
  let ca: Buffer;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'downloads-'));
    plain = await startFileServer({ '/picture': picture(PNG) });
    const answer: RequestListener = (request, response) => {
      requests += 1;
      if (request.url === '/picture') return picture(PNG)(response, request);
      response.writeHead(302, { location: `${plain.origin}/picture` }).end();
    };
    const [key, cert] = [await certificate('server.key'), await certificate('server.crt')];
    ca = await certificate('ca.crt');
    server = createServer({ key, cert }, answer);
    server.on('tlsClientError', () => {});
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await plain[Symbol.asyncDispose]();
    await rm(directory, { recursive: true });
  });

  async function download(path: string, https: Agent): Promise<string> {
    const agents = { http: new HttpAgent(), https };
    await using downloader = await Downloader.open({ directory, isAllowed, agents });
    const url = `https://localhost:${(server.address() as AddressInfo).port}${path}`;
    const request = { url, name: 'picture.png', contentTypes: ['image/png'], maxBytes: 100 };
    return await downloader
      .download(request, { signal: new AbortController().signal, deadline: Deadline.after(60_000) })
      .then(
        () => 'downloaded',
        (error: { reason: string }) => error.reason,
      );
  }

  it('is made with a server whose certificate is good', async () => {
    expect(await download('/picture', new Agent({ ca }))).toBe('downloaded');
  });

  it('is not made with one whose certificate nobody vouches for', async () => {
    const before = requests;
    expect(await download('/picture', new Agent())).toBe('DOWNLOAD_FAILED');
    expect(requests).toBe(before);
  });

  it('does not go on without TLS', async () => {
    expect(await download('/elsewhere', new Agent({ ca }))).toBe('DOWNLOAD_URL_REFUSED');
    expect(plain.requests()).toBe(0);
  });
});
