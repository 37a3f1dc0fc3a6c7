// Stories made asynchronously against the same code with concurrency 1, and against a thread per request that blocks; one
// run, real storage on a durable PostgreSQL, every side a process of its own, what is compared in the same rounds.
// npm run bench -- stories [--quick] [--json FILE] [--rounds N]
import { parseArgs } from 'node:util';
import { stopAll } from './processes.mjs';
import { describeMachine, keepResult, loads, printFigures, printRatios } from './report.mjs';
import { measureRounds, medians, ratio } from './storage/measure.mjs';
import { Site } from './storage/site.mjs';
import { startWays } from './stories/load.mjs';
import { AIMS, ALSO } from './stories/aims.mjs';
import { PROVIDER_MS } from './stories/slow-provider.mjs';

const { values: given } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' }, rounds: { type: 'string' } },
});
const QUICK = given.quick;
const ROUNDS = Number(given.rounds ?? (QUICK ? 1 : 5));
const LIMIT_MS = 10 * 60_000;
/** Requests of each measurement, by how many are in flight. */
const COUNTS = QUICK
  ? { 1: 3, 10: 20, 50: 50, mixed: 20, inTurn: 4, blocked: 50 }
  : { 1: 6, 10: 40, 50: 150, mixed: 40, inTurn: 8, blocked: 50 };
/** Of a story that is narrated and its sound uploaded as well. */
const MIXED_IN_FLIGHT = 10;

process.env.EXEMPLA_DEV = '1';
const site = await Site.open();
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

async function main() {
  const begin = performance.now();
  const machine = describeMachine();
  console.log(`provider ${PROVIDER_MS} ms, ${ROUNDS} rounds, requests ${JSON.stringify(COUNTS)}`);
  const { async, inTurn, blocked, kept, asyncModel, inTurnModel, blockedModel } = await startWays(site);
  await async.warmUp();
  await inTurn.warmUp({ few: true });
  await blocked.warmUp({ few: true });
  await kept.warmUp();
  await asyncModel.warmUp();
  await inTurnModel.warmUp({ few: true });
  await blockedModel.warmUp({ few: true });

  const variants = {
    async1: () => async.run({ inFlight: 1, count: COUNTS[1] }),
    inTurn1: () => inTurn.run({ inFlight: 1, count: COUNTS[1] }),
    blocked1: () => blocked.run({ inFlight: 1, count: COUNTS[1] }),
    async10: () => async.run({ inFlight: 10, count: COUNTS[10] }),
    inTurn10: () => inTurn.run({ inFlight: 10, count: COUNTS.inTurn }),
    blocked10: () => blocked.run({ inFlight: 10, count: COUNTS[10] }),
    async50: () => async.run({ inFlight: 50, count: COUNTS[50] }),
    blocked50: () => blocked.run({ inFlight: 50, count: COUNTS.blocked }),
    kept50: () => kept.run({ inFlight: 50, count: COUNTS[50] }),
    asyncModel1: () => asyncModel.run({ inFlight: 1, count: COUNTS[1] }),
    inTurnModel1: () => inTurnModel.run({ inFlight: 1, count: COUNTS[1] }),
    asyncModel10: () => asyncModel.run({ inFlight: 10, count: COUNTS[10] }),
    inTurnModel10: () => inTurnModel.run({ inFlight: 10, count: COUNTS.inTurn }),
    blockedModel10: () => blockedModel.run({ inFlight: 10, count: COUNTS[10] }),
    asyncModel50: () => asyncModel.run({ inFlight: 50, count: COUNTS[50] }),
    blockedModel50: () => blockedModel.run({ inFlight: 50, count: COUNTS.blocked }),
    asyncMixed: () => async.run({ inFlight: MIXED_IN_FLIGHT, count: COUNTS.mixed, narrate: true }),
    inTurnMixed: () => inTurn.run({ inFlight: MIXED_IN_FLIGHT, count: COUNTS.inTurn, narrate: true }),
  };
  const rows = await measureRounds(variants, ROUNDS);
  const figures = Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, medians(row)]));
  const spread = {
    single: ratio(rows.async1, rows.inTurn1, 'medianMs'),
    at10: ratio(rows.async10, rows.inTurn10),
    // How many wait makes no difference to one at a time.
    at50: ratio(rows.async50, rows.inTurn10),
    mixed: ratio(rows.asyncMixed, rows.inTurnMixed),
    memory: ratio(rows.async50, rows.blocked50, 'megabytesPerRequest'),
    cpu: ratio(rows.async50, rows.blocked50, 'cpuMsPerRequest'),
    modelSingle: ratio(rows.asyncModel1, rows.inTurnModel1, 'medianMs'),
    modelAt10: ratio(rows.asyncModel10, rows.inTurnModel10),
    modelAt50: ratio(rows.asyncModel50, rows.inTurnModel10),
    modelAt10VsBlocked: ratio(rows.asyncModel10, rows.blockedModel10),
    modelAt50VsBlocked: ratio(rows.asyncModel50, rows.blockedModel50),
    modelMemoryVsBlocked: ratio(rows.asyncModel50, rows.blockedModel50, 'megabytesPerRequest'),
    singleVsBlocked: ratio(rows.async1, rows.blocked1, 'medianMs'),
    at50VsBlocked: ratio(rows.async50, rows.blocked50),
    memoryVsKept: ratio(rows.async50, rows.kept50, 'megabytesPerRequest'),
    cpuVsKept: ratio(rows.async50, rows.kept50, 'cpuMsPerRequest'),
    at50VsKept: ratio(rows.async50, rows.kept50),
  };
  printFigures(figures);
  const reached = printRatios(spread, AIMS, ALSO);
  const seconds = Math.round((performance.now() - begin) / 1_000);
  console.log(`\n${seconds} s, load average afterwards ${loads().join(' ')}`);
  if (given.json) {
    const result = { machine, rounds: ROUNDS, counts: COUNTS, figures, reached, seconds };
    await keepResult(given.json, { ...result, spread, aims: AIMS });
  }
  return reached || QUICK;
}
