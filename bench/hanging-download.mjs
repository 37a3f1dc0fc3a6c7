import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Deadline } from '@exempla/rpc';
import { Downloader } from '@exempla/upstream';

/** Milliseconds until a download from a server that never answers is given up; `runs` of them at the same time. */
export async function hangingDownloads(runs) {
  const directory = await mkdtemp(join(tmpdir(), 'hanging-'));
  const server = createServer(() => {});
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const call = { signal: new AbortController().signal, deadline: Deadline.after(60_000) };
  const url = `http://127.0.0.1:${server.address().port}/`;
  const downloader = await Downloader.open({ directory, isAllowed: () => true });
  try {
    return await Promise.all(
      Array.from({ length: runs }, (_, at) => timeOf(downloader, { url, name: `f${at}` }, call)),
    );
  } finally {
    await downloader[Symbol.asyncDispose]();
    server.closeAllConnections();
    server.close();
    await rm(directory, { recursive: true });
  }
}

async function timeOf(downloader, { url, name }, call) {
  const begin = performance.now();
  const error = await downloader.download({ url, name, contentTypes: ['image/png'], maxBytes: 1_000 }, call).then(
    () => undefined,
    (thrown) => thrown,
  );
  if (error?.reason !== 'DOWNLOAD_TIMEOUT') throw new Error('the download did not time out', { cause: error });
  return performance.now() - begin;
}
