// Segments of load, always in pairs: A B, then B A. What disturbs the machine disturbs both halves of a pair.
import { median, quantile } from '../lib.mjs';

/** One segment: load on one server, with what it cost that server. */
async function segment(client, server, load) {
  const before = await server.ask('usage');
  const run = await client.ask('unary', { port: server.port, ...load });
  const after = await server.ask('usage');
  server.calls = (server.calls ?? 0) + run.calls;
  if (run.failed > 0) throw new Error(`${server.name}: ${run.failed} of ${run.calls} calls failed: ${run.failures}`);
  return {
    cpuUsPerCall: (after.cpuUs - before.cpuUs) / run.calls,
    callsPerSecond: run.calls / (run.elapsedMs / 1_000),
    p50Ms: run.p50Ms,
    p99Ms: run.p99Ms,
    allocatedBytesPerCall: (after.allocatedBytes - before.allocatedBytes) / run.calls,
  };
}

const turned = (pair, round) => (round % 2 === 0 ? pair : [...pair].reverse());

/**
 * `pairs`: `{ name: [server, server, load?] }`. Every round measures every pair once. Returns by pair its rounds, each
 * with the segments of both servers.
 */
export async function measurePairs(client, pairs, rounds, load) {
  const rows = Object.fromEntries(Object.keys(pairs).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, [a, b, more]] of turned(Object.entries(pairs), round)) {
      const measured = new Map();
      for (const server of turned([a, b], round)) {
        measured.set(server, await segment(client, server, { ...load, ...more }));
      }
      rows[name].push([measured.get(a), measured.get(b)]);
    }
  }
  return rows;
}

/** Medians of every figure of a list of segments. */
export function medians(segments) {
  const figures = Object.keys(segments[0]).map((key) => [key, median(segments.map((s) => s[key]))]);
  return Object.fromEntries(figures);
}

/** Median and the quarters beside it. */
const spread = (values) => ({ low: quantile(values, 0.25), median: median(values), high: quantile(values, 0.75) });

/** The pairs' own ratios, a / b. */
export const pairedRatio = (rounds, figure = 'cpuUsPerCall') => spread(rounds.map(([a, b]) => a[figure] / b[figure]));

/**
 * What `a` costs more than `b`, µs of CPU per call. A part is small beside what else runs on a machine, and that only
 * ever adds: so the quiet quarters of both are compared, and the pairs' own differences say how sure that is.
 */
export function difference(rounds) {
  const [a, b] = [0, 1].map((half) => rounds.map((pair) => pair[half].cpuUsPerCall));
  const { low, high } = spread(a.map((us, i) => us - b[i]));
  return { low, value: quantile(a, 0.25) - quantile(b, 0.25), high };
}

/** The same for streams: `variants` is `{ name: { server, client, windowBytes, reader } }`, all of
 * them once a round; `reader` is the process that reads, so that nobody else has what a stack does to its process. */
export async function measureStreams(variants, rounds, { ms, chunkBytes }) {
  const rows = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, variant] of turned(Object.entries(variants), round)) {
      const { server, client, windowBytes, reader } = variant;
      const before = await server.ask('usage');
      const run = await reader.ask('stream', { port: server.port, ms, chunkBytes, client, windowBytes });
      const after = await server.ask('usage');
      server.streams = (server.streams ?? 0) + 1;
      rows[name].push({
        megabytesPerSecond: run.bytes / 1e6 / (run.elapsedMs / 1_000),
        cpuUsPerChunk: (after.cpuUs - before.cpuUs) / run.chunks,
        grownMegabytes: (after.residentBytes - before.residentBytes) / 1e6,
      });
    }
  }
  return rows;
}
