// What a call through packages/rpc costs with every default on, against its peers bare: same proto, same client, pairs in
// one run. Every server is a process of its own and reports its own CPU time.
// npm run bench -- rpc [--quick] [--json FILE] [--in-flight 32] [--rounds N] [--profile [--profile-file FILE]]
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measurePairs, measureStreams, medians, difference, pairedRatio } from './rpc/measure.mjs';
import { startClient, startServer, stopAll } from './rpc/processes.mjs';
import { allocationsAgainst, profileAgainst } from './rpc/profile.mjs';
import { proveDefaults } from './rpc/prove.mjs';
import { linesHold, printFigures, printHead, printProfile, printProof } from './rpc/report.mjs';

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    rounds: { type: 'string' },
    'in-flight': { type: 'string', default: '32' },
    profile: { type: 'boolean', default: false },
    'profile-file': { type: 'string' },
  },
});
const QUICK = given.quick;
const ROUNDS = Number(given.rounds ?? (QUICK ? 3 : 11));
const SEGMENT_MS = QUICK ? 200 : 700;
const WARM_UP_MS = QUICK ? 600 : 3_000;
const STREAM_MS = QUICK ? 250 : 1_000;
const CHUNK_BYTES = 64 << 10;
/** What a server says beside: that it listens, of a bug, of an overload. */
const OTHER_LINES = 10;
const WINDOW_BYTES = 4 << 20;
const LIMIT_MS = 15 * 60_000;
const PEERS = ['grpc-js', 'nest', 'nice-grpc', 'connect', 'http2'];
const load = { inFlight: Number(given['in-flight']), ms: SEGMENT_MS };
const PACKAGES = ['@grpc/grpc-js', '@nestjs/microservices', 'nice-grpc', '@connectrpc/connect-node'];

const loads = () => loadavg().map((value) => Number(value.toFixed(2)));
const machine = {
  cpu: cpus()[0].model,
  cores: availableParallelism(),
  node: process.versions.node,
  loadBefore: loads(),
};
const versionOf = async (name) => {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(await readFile(file, 'utf8')).version;
};
const versions = Object.fromEntries(await Promise.all(PACKAGES.map(async (name) => [name, await versionOf(name)])));
const options = {
  inFlight: load.inFlight,
  connections: 1,
  rounds: ROUNDS,
  segmentMs: SEGMENT_MS,
  callerSendsDeadline: false,
  streamChunkBytes: CHUNK_BYTES,
  streamsAtOnce: 1,
};

const watchdog = setTimeout(() => {
  console.error(`not finished within ${LIMIT_MS / 60_000} minutes`);
  stopAll();
  process.exit(1);
}, LIMIT_MS);
try {
  process.exitCode = (await main()) ? 0 : 1;
} finally {
  clearTimeout(watchdog);
  stopAll();
}

async function main() {
  printHead({ machine, versions, options });
  const client = await startClient();
  const ours = await startServer('ours');
  const proof = await proveDefaults(ours);

  const peers = await startAll(PEERS);
  const parts = await startAll(['ours-without-rules', 'ours-without-spans', 'strategy']);
  const tuned = await startServer('grpc-js', { windowBytes: WINDOW_BYTES });
  const young = await startServer('grpc-js', { young: true });
  const all = [ours, ...Object.values(peers), ...Object.values(parts), young];
  for (const server of all) await measurePairs(client, { warm: [server, server] }, 1, { ...load, ms: WARM_UP_MS / 2 });

  const peerRounds = await measurePairs(client, pairsOf(ours, peers), ROUNDS, load);
  const complete = { complete: true };
  const partRounds = await measurePairs(
    client,
    { ...pairsOf(ours, { ...parts, young }), complete: [ours, peers['grpc-js'], complete] },
    Math.ceil(ROUNDS / 2),
    load,
  );
  const ourReader = await startClient();
  const bare = { reader: client, windowBytes: WINDOW_BYTES };
  const streamRounds = await measureStreams(
    {
      ours: { server: ours, client: 'ours', reader: ourReader },
      'grpc-js': { server: peers['grpc-js'], client: 'grpc-js', reader: client },
      'grpc-js, our window': { server: tuned, client: 'grpc-js', ...bare },
      http2: { server: peers.http2, client: 'http2', ...bare },
    },
    Math.max(3, Math.ceil(ROUNDS / 2)),
    { ms: STREAM_MS, chunkBytes: CHUNK_BYTES },
  );

  const figures = figuresOf(peerRounds, partRounds, streamRounds);
  const held = linesHold(figures.ratios);
  // A line that is missed is shown with where the time goes.
  const wanted = given.profile || (!held && !QUICK);
  const profile = wanted ? await profileOf(client, ours, peers['grpc-js']) : undefined;
  const { lines, measured } = await ours.ask('usage');
  const served = ours.calls + ours.streams + proof.asks;
  proof.results['span lines: one for every call'] =
    (lines >= served && lines <= served + OTHER_LINES) || `${lines} lines of ${served} calls`;
  proof.results[`metrics: the histogram has ${measured} samples, every call and every refusal`] =
    measured === served + proof.refused || `${measured} samples of ${served} calls and ${proof.refused} refusals`;

  const result = { machine: { ...machine, loadAfter: loads() }, versions, options, ...figures };
  const proved = printProof(proof.results);
  printFigures(result);
  if (profile) printProfile(profile);
  console.log(`\nload average afterwards ${result.machine.loadAfter.join(' ')}`);
  if (given.json) {
    await writeFile(given.json, `${JSON.stringify({ ...result, defaultsOn: proof.results, profile }, null, 2)}\n`);
  }
  return proved && (held || QUICK);
}

async function profileOf(client, ours, base) {
  const long = { ...load, ms: QUICK ? 1_000 : 4_000 };
  const times = await profileAgainst(client, ours, base, long, given['profile-file']);
  return { ...times, allocations: await allocationsAgainst(client, ours, base, long) };
}

async function startAll(variants) {
  const started = {};
  for (const variant of variants) started[variant] = await startServer(variant);
  return started;
}

function pairsOf(ours, others) {
  return Object.fromEntries(Object.entries(others).map(([name, server]) => [name, [ours, server]]));
}

function mapped(values, pick) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, pick(value)]));
}

function figuresOf(peers, parts, streams) {
  const unary = { ours: medians(Object.values(peers).flatMap((rounds) => rounds.map(([a]) => a))) };
  for (const [name, rounds] of Object.entries(peers)) unary[name] = medians(rounds.map(([, b]) => b));
  const paired = (name) => streams.ours.map((row, i) => [row, streams[name][i]]);
  const spread = {
    ratios: {
      unaryCpuVsGrpcJs: pairedRatio(peers['grpc-js']),
      unaryCpuVsNest: pairedRatio(peers.nest),
      unaryCpuVsNiceGrpc: pairedRatio(peers['nice-grpc']),
      unaryCpuVsConnect: pairedRatio(peers.connect),
      unaryCpuVsHttp2: pairedRatio(peers.http2),
      unaryCpuVsGrpcJsAllHeadersSent: pairedRatio(parts.complete),
      unaryCpuVsGrpcJsAllYoung: pairedRatio(parts.young),
      streamThroughputVsGrpcJs: pairedRatio(paired('grpc-js'), 'megabytesPerSecond'),
      streamThroughputVsTunedGrpcJs: pairedRatio(paired('grpc-js, our window'), 'megabytesPerSecond'),
      streamThroughputVsHttp2: pairedRatio(paired('http2'), 'megabytesPerSecond'),
    },
    parts: {
      validation: difference(parts['ours-without-rules']),
      spanLine: difference(parts['ours-without-spans']),
      nest: difference(parts.strategy),
      all: difference(peers['grpc-js']),
    },
  };
  const partUs = (name) => spread.parts[name].value;
  const rest = partUs('all') - partUs('validation') - partUs('spanLine') - partUs('nest');
  return {
    unary,
    streams: Object.fromEntries(Object.entries(streams).map(([name, rows]) => [name, medians(rows)])),
    parts: { ...mapped(spread.parts, ({ value }) => value), rest },
    ratios: mapped(spread.ratios, ({ median }) => median),
    spread,
  };
}
