// Six kinds of examples by model, made together, against one after the other, and against a thread per request that blocks; one
// run, every side a process of its own, what is compared in the same rounds.
// npm run bench -- examples [--quick] [--json FILE] [--rounds N]
import { parseArgs } from 'node:util';
import { AIMS } from './examples/aims.mjs';
import { PROVIDER_MS, startWays } from './examples/load.mjs';
import { stopAll } from './processes.mjs';
import { describeMachine, keepResult, loads, printFigures, printRatios } from './report.mjs';
import { measureRounds, medians, ratio } from './storage/measure.mjs';

const { values: given } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' }, rounds: { type: 'string' } },
});
const ROUNDS = Number(given.rounds ?? (given.quick ? 1 : 5));
const LIMIT_MS = 10 * 60_000;
/** Requests of each measurement, by how many are in flight. */
const COUNTS = given.quick
  ? { 1: 3, 10: 20, 50: 50, inTurn: 2, blocked1: 1 }
  : { 1: 10, 10: 60, 50: 200, inTurn: 4, blocked1: 3 };

process.env.EXEMPLA_DEV = '1';
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
}

async function main() {
  const begin = performance.now();
  const machine = describeMachine();
  console.log(`provider ${PROVIDER_MS} ms, ${ROUNDS} rounds, requests ${JSON.stringify(COUNTS)}`);
  const { async, inTurn, blocked } = await startWays();
  await async.warmUp();
  await inTurn.warmUp({ few: true });
  await blocked.warmUp({ few: true });

  const rows = await measureRounds(
    {
      async1: () => async.run({ inFlight: 1, count: COUNTS[1] }),
      inTurn1: () => inTurn.run({ inFlight: 1, count: COUNTS.inTurn }),
      blocked1: () => blocked.run({ inFlight: 1, count: COUNTS.blocked1 }),
      async10: () => async.run({ inFlight: 10, count: COUNTS[10] }),
      blocked10: () => blocked.run({ inFlight: 10, count: COUNTS[10] }),
      async50: () => async.run({ inFlight: 50, count: COUNTS[50] }),
      blocked50: () => blocked.run({ inFlight: 50, count: COUNTS[50] }),
    },
    ROUNDS,
  );
  const figures = Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, medians(row)]));
  const spread = {
    single: ratio(rows.async1, rows.inTurn1, 'medianMs'),
    // How many wait makes no difference to one at a time.
    at10: ratio(rows.async10, rows.inTurn1),
    at50: ratio(rows.async50, rows.inTurn1),
    singleVsBlocked: ratio(rows.async1, rows.blocked1, 'medianMs'),
    at10VsBlocked: ratio(rows.async10, rows.blocked10),
    at50VsBlocked: ratio(rows.async50, rows.blocked50),
    memory: ratio(rows.async50, rows.blocked50, 'megabytesPerRequest'),
    cpu: ratio(rows.async50, rows.blocked50, 'cpuMsPerRequest'),
  };
  printFigures(figures);
  const reached = printRatios(spread, AIMS, {});
  const seconds = Math.round((performance.now() - begin) / 1_000);
  console.log(`\n${seconds} s, load average afterwards ${loads().join(' ')}`);
  if (given.json)
    await keepResult(given.json, {
      machine,
      rounds: ROUNDS,
      counts: COUNTS,
      figures,
      reached,
      seconds,
      spread,
      aims: AIMS,
    });
  return reached || given.quick;
}
