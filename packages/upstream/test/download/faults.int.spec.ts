import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { Agent, type ServerResponse } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deadline } from '@exempla/rpc';
import { eventually } from '@exempla/testing';
import { Downloader, type DownloadReason } from '../../src/download/index.ts';
import { isPng, picture, PNG, redirect, startFileServer, type Behaviour, type FileServer } from './file-server.ts';

const MAX_BYTES = 1_000;
const head = (answer: ServerResponse, headers: Record<string, string | number> = {}): ServerResponse =>
  answer.writeHead(200, { 'content-type': 'image/png', ...headers });

const FAULTS: [what: string, reason: DownloadReason, behaviour: Behaviour][] = [
  ['404', 'DOWNLOAD_STATUS', (answer) => void answer.writeHead(404, { 'content-type': 'image/png' }).end(PNG)],
  ['500', 'DOWNLOAD_STATUS', (answer) => void answer.writeHead(500, { 'content-type': 'image/png' }).end(PNG)],
  ['206', 'DOWNLOAD_STATUS', (answer) => void answer.writeHead(206, { 'content-type': 'image/png' }).end(PNG)],
  ['304', 'DOWNLOAD_STATUS', (answer) => void answer.writeHead(304).end()],
  ['silence', 'DOWNLOAD_TIMEOUT', () => {}],
  ['silence in the middle', 'DOWNLOAD_TIMEOUT', (answer) => void head(answer).write(PNG)],
  ['one byte again and again', 'DOWNLOAD_TIMEOUT', (answer) => drip(head(answer))],
  ['a reset before the answer', 'DOWNLOAD_FAILED', (answer) => void answer.socket?.resetAndDestroy()],
  ['a reset in the middle', 'DOWNLOAD_INCOMPLETE', (answer) => reset(head(answer))],
  ['no HTTP', 'DOWNLOAD_FAILED', (answer) => void answer.socket?.end('hello\r\n\r\n')],
  ['fewer bytes than declared', 'DOWNLOAD_INCOMPLETE', (answer) => hangUp(head(answer, { 'content-length': 500 }))],
  ['chunks without their end', 'DOWNLOAD_INCOMPLETE', (answer) => hangUp(head(answer))],
  ['an end that is not told', 'DOWNLOAD_INCOMPLETE', (answer) => untoldEnd(answer)],
  ['more than is taken, declared', 'DOWNLOAD_TOO_LARGE', (answer) => large(head(answer, { 'content-length': 1_001 }))],
  ['more than is taken, not declared', 'DOWNLOAD_TOO_LARGE', (answer) => large(head(answer))],
  ['another type', 'DOWNLOAD_OF_OTHER_KIND', (answer) => void head(answer, { 'content-type': 'text/html' }).end(PNG)],
  ['no type', 'DOWNLOAD_OF_OTHER_KIND', (answer) => void answer.end(PNG)],
  ['HTML that calls itself a picture', 'DOWNLOAD_OF_OTHER_KIND', (answer) => void head(answer).end('<!doctype html>')],
  ['nothing', 'DOWNLOAD_OF_OTHER_KIND', (answer) => void head(answer).end()],
  ['a gzip bomb', 'DOWNLOAD_OF_OTHER_KIND', (answer) => bomb(head(answer, { 'content-encoding': 'gzip' }))],
  ['a redirect to itself', 'DOWNLOAD_TOO_MANY_REDIRECTS', redirect('')],
  ['a redirect to a metadata service', 'DOWNLOAD_ADDRESS_REFUSED', redirect('http://169.254.169.254/latest/meta-data')],
  ['a redirect to a file', 'DOWNLOAD_URL_REFUSED', redirect('file:///etc/passwd')],
  ['a redirect with a password', 'DOWNLOAD_URL_REFUSED', redirect('http://me:secret@127.0.0.1/')],
];

const pathOf = (what: string): string => `/${what.replaceAll(' ', '-')}`;
const drip = (answer: ServerResponse): void => {
  const timer = setInterval(() => answer.write('x'), 5);
  answer.once('close', () => clearInterval(timer));
};
const reset = (answer: ServerResponse): void => void answer.write(PNG, () => answer.socket?.resetAndDestroy());
const hangUp = (answer: ServerResponse): void => void answer.write(PNG, () => answer.socket?.end());
const untoldEnd = ({ socket }: ServerResponse): void =>
  void socket?.end(
    'HTTP/1.1 200 OK\r\ncontent-type: image/png\r\nconnection: close\r\n\r\n\x89PNG\r\n\x1a\n',
    'latin1',
  );
const large = (answer: ServerResponse): void => void answer.end(Buffer.concat([PNG, Buffer.alloc(993)]));
const bomb = (answer: ServerResponse): void => void answer.end(gzipSync(Buffer.alloc(1_000_000)));

describe('a download that goes wrong', () => {
  const agents = { http: new Agent({ keepAlive: true }), https: new HttpsAgent() };
  let directory: string;
  let server: FileServer;
  let downloader: Downloader;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'downloads-'));
    const behaviours = FAULTS.map(([what, , behaviour]) => [pathOf(what), behaviour] as const);
    server = await startFileServer({ ...Object.fromEntries(behaviours), '/good': picture(PNG) });
    const isAllowed = (address: string): boolean => address === '127.0.0.1';
    downloader = await Downloader.open({ directory, isAllowed, agents, timeoutMs: 300 });
  });
  afterAll(async () => {
    await downloader[Symbol.asyncDispose]();
    agents.http.destroy();
    await server[Symbol.asyncDispose]();
    await rm(directory, { recursive: true });
  });

  const download = (url: string): Promise<unknown> =>
    downloader.download(
      { url, name: 'picture.png', contentTypes: ['image/png'], maxBytes: MAX_BYTES, looksRight: isPng },
      { signal: new AbortController().signal, deadline: Deadline.after(60_000) },
    );

  it.each(FAULTS)('%s: %s, and no file (S4-04, S4-05, S4-07)', async (what, reason) => {
    await expect(download(server.origin + pathOf(what))).rejects.toMatchObject({ reason });
    expect(await readdir(directory)).toEqual(['.partial']);
    expect(await readdir(join(directory, '.partial'))).toEqual([]);
    await eventually('no connection is in use', () => Object.keys(agents.http.sockets).length === 0);
  });

  it('says which host failed, and keeps what the rest of the URL says to itself (S4-08)', async () => {
    const failed = await download(`${server.origin}${pathOf('404')}`).catch((error: unknown) => error);
    expect(failed).toMatchObject({ metadata: { status: '404' } });
    const refused = await download('http://127.0.0.2/x?signature=secret').catch((error: unknown) => error);
    expect(JSON.stringify([refused, String(refused)])).not.toContain('secret');
    expect(String(refused)).toContain('127.0.0.2');
  });

  it('is tried with the next one, which is well', async () => {
    await expect(download(`${server.origin}/good`)).resolves.toMatchObject({ sizeBytes: PNG.length });
    await rm(join(directory, 'picture.png'));
  });
});
