// How soon a subscriber has an event; bytes of objects; records one by one.
import { median, quantile } from '../lib.mjs';
import { measureRounds, medians, ratio } from './measure.mjs';
import { KINDS } from './records.mjs';

const spreadOf = (values) => ({ p50Ms: median(values), p99Ms: quantile(values, 0.99), maximumMs: Math.max(...values) });

const BLOCKS = 4;

/** In blocks, one of ours and one of the bare statements after the other. */
export async function measureLatency({ caller, plain, options }) {
  await caller.ask('latency', { count: 20 });
  await plain.ask('signal', { count: 20 });
  const took = { answer: [], same: [], other: [], bare: [] };
  const count = Math.ceil(options.latencyAppends / BLOCKS);
  for (let block = 0; block < BLOCKS; block += 1) {
    const ours = await caller.ask('latency', { count });
    for (const [name, values] of Object.entries(ours)) took[name].push(...values);
    took.bare.push(...(await plain.ask('signal', { count })));
  }
  const figures = {
    'append answered': spreadOf(took.answer),
    'subscriber, same process': spreadOf(took.same),
    'subscriber, other replica': spreadOf(took.other),
    'bare: insert, NOTIFY, select': spreadOf(took.bare),
  };
  return { figures, ratios: {} };
}

export async function measureObjects({ caller, options }) {
  const megabytes = options.objectMegabytes;
  const speed = async (command) => {
    const { bytes, elapsedMs } = await caller.ask(command, { megabytes });
    if (bytes !== megabytes << 20) throw new Error(`${command}: ${bytes} bytes`);
    return { megabytesPerSecond: bytes / 1e6 / (elapsedMs / 1_000) };
  };
  const variants = {
    'upload, gRPC': () => speed('upload'),
    'upload, node:http2': () => speed('plainUpload'),
    'download, gRPC': () => speed('download'),
    'download, node:http2': () => speed('plainDownload'),
  };
  // Written before they are read, in the order of the first round.
  await measureRounds(variants, 1);
  const rounds = await measureRounds(variants, options.rounds);
  const against = (way) => ratio(rounds[`${way}, gRPC`], rounds[`${way}, node:http2`], 'megabytesPerSecond');
  return {
    figures: Object.fromEntries(Object.entries(rounds).map(([name, rows]) => [name, medians(rows)])),
    ratios: { objectUploadVsHttp2: against('upload'), objectDownloadVsHttp2: against('download') },
  };
}

const LIST = 50;

export async function measureRecords({ caller, plain, options }) {
  const p50 = async (took) => ({ p50Ms: median(await took) });
  const variants = {};
  for (const kind of KINDS) {
    const all = await caller.ask('createRecords', { kind, count: Math.max(LIST, options.recordGets) });
    const gets = { kind, names: all.slice(0, options.recordGets) };
    const lists = { kind, times: options.recordLists, limit: LIST };
    variants[`get a ${kind}, gRPC`] = () => p50(caller.ask('getRecords', gets));
    variants[`get a ${kind}, bare query`] = () => p50(plain.ask('getRecords', gets));
    variants[`list 50 of ${kind}, gRPC`] = () => p50(caller.ask('listRecords', lists));
    variants[`list 50 of ${kind}, bare query`] = () => p50(plain.ask('listRecords', lists));
  }
  await measureRounds(variants, 2);
  const rounds = await measureRounds(variants, options.rounds);
  const against = (what) => ratio(rounds[`${what}, gRPC`], rounds[`${what}, bare query`], 'p50Ms');
  return {
    figures: Object.fromEntries(Object.entries(rounds).map(([name, rows]) => [name, medians(rows)])),
    ratios: {
      recordGetVsQuery: against('get a definition'),
      recordListVsQuery: against('list 50 of definition'),
      childGetVsQuery: against('get a child'),
      childListVsQuery: against('list 50 of child'),
    },
  };
}
