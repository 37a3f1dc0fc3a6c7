// Downloads argv[3] into the directory argv[2], until it is killed.
import { Deadline } from '@exempla/rpc';
import { Downloader } from '../../src/download/index.ts';

const [, , directory = '', url = ''] = process.argv;
const downloader = await Downloader.open({ directory, isAllowed: () => true });
await downloader.download(
  { url, name: 'picture.png', contentTypes: ['image/png'], maxBytes: 1_000 },
  { signal: new AbortController().signal, deadline: Deadline.after(60_000) },
);
