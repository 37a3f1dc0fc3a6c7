// What the storage service does with every feature on, against the same database asked plainly; one run, one durable
// PostgreSQL, every side a process of its own, and everything that is compared in the same rounds.
// npm run bench -- storage [--quick] [--json FILE] [--rounds N] [--profile] [--only appends,catchUp,latency,objects,records]
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { stopAll } from './processes.mjs';
import { measureAppends } from './storage/appends.mjs';
import { measureCatchUp } from './storage/catch-up.mjs';
import { measureLatency, measureObjects, measureRecords } from './storage/others.mjs';
import { profileAppends } from './storage/profile.mjs';
import { proveFeatures, readSettings } from './storage/prove.mjs';
import { aimsReached, printFigures, printHead, printProfile, printProof } from './storage/report.mjs';
import { Site } from './storage/site.mjs';

const PARTS = {
  appends: measureAppends,
  catchUp: measureCatchUp,
  latency: measureLatency,
  objects: measureObjects,
  records: measureRecords,
};
const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    rounds: { type: 'string' },
    profile: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(PARTS).join(',') },
  },
});
const QUICK = given.quick;
const LIMIT_MS = 8 * 60_000;
const PACKAGES = ['pg', '@grpc/grpc-js'];

/** Connections of the product's pool, and of (a) through the same pool. */
const POOL = 50;
const options = {
  rounds: Number(given.rounds ?? (QUICK ? 3 : 5)),
  segmentMs: QUICK ? 250 : 700,
  warmUpMs: QUICK ? 700 : 3_000,
  inFlight: QUICK ? [1, 16, 256] : [1, 16, 64, 256],
  poolConnections: POOL,
  plainConnections: [1, 2, 4],
  catchUpEvents: QUICK ? 5_000 : 30_000,
  latencyAppends: QUICK ? 80 : 400,
  objectMegabytes: QUICK ? 8 : 32,
  recordGets: QUICK ? 50 : 200,
  recordLists: QUICK ? 10 : 40,
};

const site = await openSite();
const watchdog = setTimeout(() => {
  console.error(`not finished within ${LIMIT_MS / 60_000} minutes`);
  stopAll();
  process.kill(process.pid, 'SIGKILL');
}, LIMIT_MS);
try {
  process.exitCode = (await main()) ? 0 : 1;
} finally {
  clearTimeout(watchdog);
  stopAll();
  await site.close();
}

async function openSite() {
  for (const name of given.only.split(',')) {
    if (!Object.hasOwn(PARTS, name)) throw new Error(`there is no part ${name}: ${Object.keys(PARTS).join(', ')}`);
  }
  return await Site.open();
}

async function main() {
  const begin = performance.now();
  const { url, adminUrl } = site.database;
  const [service, replica] = [await site.service('storage'), await site.service('replica')];
  const below = await site.role('below', { url, maxConnections: POOL });
  const plain = await site.role('plain', { adminUrl, maxConnections: Math.max(...options.plainConnections) });
  const http2 = await site.role('http2', { directory: site.directory });
  const ports = { target: service.port, other: replica.port, plainPort: http2.started.port };
  const caller = await site.role('caller', ports);
  const bench = { site, service, below, plain, http2, caller, options };

  const head = { machine: await machine(), versions: await versions(), database: await readSettings(bench), options };
  printHead(head);
  const proof = await proveFeatures(bench);
  const proved = printProof(proof);

  const figures = {};
  const spread = {};
  for (const name of given.only.split(',')) {
    const measured = await PARTS[name](bench);
    figures[name] = measured.figures;
    Object.assign(spread, measured.ratios);
    printFigures(name, measured.figures, measured.ratios);
  }
  const profile = given.profile ? await profileAppends(bench) : undefined;
  if (profile) printProfile(profile);
  const reached = aimsReached(figures, spread);
  const seconds = Math.round((performance.now() - begin) / 1_000);
  console.log(`\n${seconds} s, load average afterwards ${loads().join(' ')}`);
  if (given.json) {
    const ratios = Object.fromEntries(Object.entries(spread).map(([name, { median }]) => [name, median]));
    const result = { ...head, defaultsOn: proof, figures, ratios, spread, aimsReached: reached, profile, seconds };
    await writeFile(given.json, `${JSON.stringify(result, null, 2)}\n`);
  }
  return proved && (reached || QUICK);
}

function loads() {
  return loadavg().map((value) => Number(value.toFixed(2)));
}

async function machine() {
  const { node } = process.versions;
  return {
    cpu: cpus()[0].model,
    cores: availableParallelism(),
    node,
    loadBefore: loads(),
    flushMs: await site.flushMs(),
  };
}

async function versions() {
  const read = async (name) => {
    const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
    return [name, JSON.parse(await readFile(file, 'utf8')).version];
  };
  return Object.fromEntries(await Promise.all(PACKAGES.map(read)));
}
