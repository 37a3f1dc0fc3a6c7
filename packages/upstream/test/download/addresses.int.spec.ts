import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Deadline } from '@exempla/rpc';
import { Downloader, type DownloaderOptions } from '../../src/download/index.ts';
import { picture, PNG, redirect, startFileServer, type FileServer } from './file-server.ts';

/** In these tests 127.0.0.1 stands for the public Internet and every other address for what is inside. */
const isAllowed = (address: string): boolean => address === '127.0.0.1';

/** Names that lead to these addresses. */
const names =
  (...addresses: string[]): LookupFunction =>
  (_host, options, callback) => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    if (options.all) return callback(null, found);
    callback(null, found[0]?.address ?? '', found[0]?.family);
  };

describe('addresses of downloads', () => {
  let directory: string;
  let inside: FileServer;
  let outside: FileServer;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'downloads-'));
    inside = await startFileServer({ '/secret': picture(PNG) }, '127.0.0.2');
    outside = await startFileServer({
      '/picture': picture(PNG),
      '/inwards': redirect(`${inside.origin}/secret`),
      '/twice': redirect('/once'),
      '/once': redirect('picture'),
    });
  });
  afterEach(async () => {
    await inside[Symbol.asyncDispose]();
    await outside[Symbol.asyncDispose]();
    await rm(directory, { recursive: true });
  });

  async function download(url: string, options: Partial<DownloaderOptions> = {}): Promise<string> {
    await using downloader = await Downloader.open({ directory, isAllowed, ...options });
    return await downloader
      .download(
        { url, name: 'picture.png', contentTypes: ['image/png'], maxBytes: 100 },
        { signal: new AbortController().signal, deadline: Deadline.after(60_000) },
      )
      .then(
        () => 'downloaded',
        (error: { reason: string }) => error.reason,
      );
  }

  it('lets only the public Internet be reached unless told otherwise', async () => {
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '0177.0.0.1', '0x7f.1', '[::ffff:127.0.0.1]'])
      expect(await download(`http://${host}:${outside.port}/picture`, { isAllowed: undefined })).toBe(
        'DOWNLOAD_ADDRESS_REFUSED',
      );
    expect(outside.connections()).toBe(0);
  });

  it.each([
    ['ftp://127.0.0.1/'],
    ['file:///etc/passwd'],
    ['data:image/png;base64,AAAA'],
    ['http://user@127.0.0.1/'],
    ['/picture'],
  ])('refuses %s', async (url) => {
    expect(await download(url)).toBe('DOWNLOAD_URL_REFUSED');
  });

  it('follows two redirects and checks where each leads', async () => {
    expect(await download(`${outside.origin}/twice`)).toBe('downloaded');
    expect(await download(`${outside.origin}/inwards`)).toBe('DOWNLOAD_ADDRESS_REFUSED');
    expect(inside.connections()).toBe(0);
  });

  it('judges a name by the addresses it leads to, and connects to allowed ones only', async () => {
    const url = (server: FileServer, path: string): string => `http://pictures.example:${server.port}${path}`;
    expect(await download(url(outside, '/picture'), { lookup: names('127.0.0.1') })).toBe('downloaded');
    expect(await download(url(inside, '/secret'), { lookup: names('127.0.0.2') })).toBe('DOWNLOAD_ADDRESS_REFUSED');
    expect(await download(url(inside, '/secret'), { lookup: names('127.0.0.2', '127.0.0.1') })).toBe('DOWNLOAD_FAILED');
    expect(inside.connections()).toBe(0);
  });

  it('sends nothing through an agent that resolves by itself (S4-25)', async () => {
    const options: AgentOptions = { lookup: names('127.0.0.2') };
    const agents = { http: new Agent(options), https: new HttpsAgent(options) };
    const url = `http://pictures.example:${inside.port}/secret`;
    expect(await download(url, { agents })).toBe('DOWNLOAD_ADDRESS_REFUSED');
    expect(inside.requests()).toBe(0);
  });

  it('sends nothing over a connection that an agent kept open to elsewhere (S4-25)', async () => {
    const agents = { http: new Agent({ keepAlive: true }), https: new HttpsAgent() };
    const url = `http://pictures.example:${inside.port}/secret`;
    const everywhere = { agents, lookup: names('127.0.0.2'), isAllowed: () => true };
    expect(await download(url, everywhere)).toBe('downloaded');
    expect(Object.keys(agents.http.freeSockets)).toHaveLength(1);
    expect(await download(url, { agents, lookup: names('127.0.0.1') })).toBe('DOWNLOAD_ADDRESS_REFUSED');
    expect(inside.requests()).toBe(1);
    agents.http.destroy();
  });
});
