import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { Agent, type ServerResponse } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Deadline } from '@exempla/rpc';
import { collectGarbage, eventually, gate, openHandles } from '@exempla/testing';
import { Downloader, type Download, type DownloaderOptions } from '../../src/download/index.ts';
import { isPng, picture, PNG, startFileServer, type Behaviour, type FileServer } from './file-server.ts';

const MEBIBYTE = 1 << 20;
const isAllowed = (address: string): boolean => address === '127.0.0.1';
const whenever = { signal: new AbortController().signal, deadline: Deadline.after(600_000) };

describe('a downloader', () => {
  let directory: string;
  let server: FileServer;
  const partials = (): Promise<string[]> => readdir(join(directory, '.partial'));
  const open = (options: Partial<DownloaderOptions> = {}): Promise<Downloader> =>
    Downloader.open({ directory, isAllowed, ...options });
  const the = (path: string, maxBytes = 200 * MEBIBYTE): Download => ({
    url: server.origin + path,
    name: 'picture.png',
    contentTypes: ['image/png'],
    maxBytes,
    looksRight: isPng,
  });
  const serve = async (behaviours: Record<string, Behaviour>): Promise<void> => {
    server = await startFileServer(behaviours);
  };
  /** Begins and then says nothing more. */
  const halfOf: Behaviour = (answer) =>
    void answer
      .writeHead(200, { 'content-type': 'image/png', 'content-length': 200 })
      .write(Buffer.concat([PNG, Buffer.alloc(92)]));

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'downloads-'));
  });
  afterEach(async () => {
    await server[Symbol.asyncDispose]();
    await rm(directory, { recursive: true });
  });

  it('keeps a file as it was sent, in place of an older one (S4-06)', async () => {
    const bytes = Buffer.concat([PNG, Buffer.alloc(300_000, 7)]);
    await serve({ '/whole': picture(bytes), '/small': picture(PNG) });
    await using downloader = await open();
    await downloader.download(the('/small'), whenever);
    const path = join(directory, 'picture.png');
    const contentType = 'image/png';
    expect(await downloader.download(the('/whole'), whenever)).toEqual({ path, contentType, sizeBytes: bytes.length });
    expect(bytes.equals(await readFile(path))).toBe(true);
    expect(await partials()).toEqual([]);
  });

  it('takes a hundred mebibytes with less than twenty more of memory (S4-03)', async () => {
    const sent = gate();
    const last = gate();
    const send = async (answer: ServerResponse): Promise<void> => {
      const chunk = Buffer.alloc(MEBIBYTE);
      PNG.copy(chunk);
      for (let i = 0; i < 99; i += 1) if (!answer.write(chunk)) await once(answer, 'drain');
      sent.open();
      await last.promise;
      answer.end(chunk);
    };
    await serve({
      '/big': (answer) =>
        void send(answer.writeHead(200, { 'content-type': 'image/png', 'content-length': 100 * MEBIBYTE })),
    });
    const used = (): number => {
      collectGarbage();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    await using downloader = await open();
    const before = used();
    const downloaded = downloader.download(the('/big'), whenever);
    await sent.promise;
    // What is garbage by now is freed a little later.
    await eventually('it holds less than 20 MiB', () => used() - before < 20 * MEBIBYTE);
    last.open();
    expect((await downloaded).sizeBytes).toBe(100 * MEBIBYTE);
  });

  it('uses one connection for one download after the other, and closes it in the end (S4-09, S4-20)', async () => {
    await serve({ '/picture': picture(PNG) });
    const before = openHandles();
    {
      await using downloader = await open();
      for (let i = 0; i < 50; i += 1) await downloader.download(the('/picture'), whenever);
      expect(server.connections()).toBe(1);
    }
    await eventually('the connection is closed', () => server.open() === 0);
    await eventually(
      'no handle is left',
      () => (openHandles()['TCPSocketWrap'] ?? 0) <= (before['TCPSocketWrap'] ?? 0),
    );
  });

  it('leaves agents open that it was given (S4-25)', async () => {
    await serve({ '/picture': picture(PNG) });
    const agents = { http: new Agent({ keepAlive: true }), https: new HttpsAgent() };
    for (let i = 0; i < 2; i += 1) {
      await using downloader = await open({ agents });
      await downloader.download(the('/picture'), whenever);
    }
    expect(server.connections()).toBe(1);
    expect(Object.keys(agents.http.freeSockets)).toHaveLength(1);
    agents.http.destroy();
  });

  it('rejects with the reason of its caller who leaves, and leaves neither file nor connection', async () => {
    await serve({ '/half': halfOf });
    await using downloader = await open();
    const caller = new AbortController();
    const left = downloader.download(the('/half'), { ...whenever, signal: caller.signal });
    await eventually('the file has begun', async () => (await partials()).length === 1);
    caller.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    expect(await partials()).toEqual([]);
    expect(await readdir(directory)).toEqual(['.partial']);
    await eventually('the server sees the connection closed', () => server.open() === 0);
  });

  it('asks nobody for a caller who has left, or whose time is over', async () => {
    await serve({ '/picture': picture(PNG) });
    await using downloader = await open();
    const gone = { ...whenever, signal: AbortSignal.abort(new Error('gone')) };
    await expect(downloader.download(the('/picture'), gone)).rejects.toThrow('gone');
    expect(server.connections()).toBe(0);
  });

  it('ends with the deadline of its caller when that is nearer', async () => {
    await serve({ '/half': halfOf });
    await using downloader = await open();
    const late = downloader.download(the('/half'), { ...whenever, deadline: Deadline.after(50) });
    await expect(late).rejects.toMatchObject({ reason: 'DEADLINE_EXCEEDED' });
    expect(await partials()).toEqual([]);
  });

  it('breaks off what is under way when it closes, and takes nothing after (S4-09)', async () => {
    await serve({ '/half': halfOf });
    const downloader = await open();
    const broken = expect(downloader.download(the('/half'), whenever)).rejects.toMatchObject({
      reason: 'DOWNLOAD_CLOSED',
    });
    await eventually('the file has begun', async () => (await partials()).length === 1);
    await downloader[Symbol.asyncDispose]();
    expect(await partials()).toEqual([]);
    await broken;
    await expect(downloader.download(the('/half'), whenever)).rejects.toMatchObject({ reason: 'DOWNLOAD_CLOSED' });
    expect(server.requests()).toBe(1);
  });

  it('refuses names that lead out of its directory', async () => {
    await serve({ '/picture': picture(PNG) });
    await using downloader = await open();
    for (const name of ['../picture.png', '/etc/passwd', '.partial', '', 'a/b'])
      await expect(downloader.download({ ...the('/picture'), name }, whenever)).rejects.toThrow(RangeError);
    expect(server.connections()).toBe(0);
  });

  it('leaves no file under the name when its process is killed; the next one clears up (S4-06)', async () => {
    await serve({ '/half': halfOf });
    const child = fork(new URL('./download.process.ts', import.meta.url), [directory, the('/half').url]);
    await eventually('the file has begun', async () => (await partials().catch(() => [])).length === 1, 20_000);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await readdir(directory)).toEqual(['.partial']);
    const [left = ''] = await partials();
    await writeFile(join(directory, '.partial', 'of-another-process'), 'still growing');
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(join(directory, '.partial', left), longAgo, longAgo);
    await using _ = await open();
    expect(await partials()).toEqual(['of-another-process']);
  });
});
