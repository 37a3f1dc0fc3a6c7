// Rounds in which every variant has its turn, forwards and then backwards: what disturbs the machine disturbs all of them.
import { cpuMs, median, quantile, waitedMs } from '../lib.mjs';

const turned = (items, round) => (round % 2 === 0 ? items : [...items].reverse());

/**
 * `variants`: `{ name: () => figures }`. Returns by name the figures of each round; one that comes first in a round comes
 * last in the next.
 */
export async function measureRounds(variants, rounds) {
  const rows = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of turned(Object.entries(variants), round)) rows[name].push(await run());
  }
  return rows;
}

/**
 * A run with the CPU time it cost the process `pid` and PostgreSQL, and the share of the time that the main thread of the
 * process was ready and had to wait for a core: how much of what is seen is the machine.
 */
export async function withCpu(site, pid, run) {
  const look = async () => [await cpuMs(pid), await site.databaseCpuMs(), await waitedMs(pid)];
  const before = await look();
  const { count, elapsedMs, p50Ms, p99Ms } = await run();
  const [processMs, databaseMs, waitMs] = (await look()).map((value, i) => value - before[i]);
  return {
    perSecond: count / (elapsedMs / 1_000),
    processCpuUs: (processMs * 1_000) / count,
    databaseCpuUs: (databaseMs * 1_000) / count,
    cpuUs: ((processMs + databaseMs) * 1_000) / count,
    waitedPercent: (100 * waitMs) / elapsedMs,
    ...(p50Ms === undefined ? {} : { p50Ms, p99Ms }),
  };
}

/** Medians of every figure of a list of rounds. */
export const medians = (rows) =>
  Object.fromEntries(Object.keys(rows[0]).map((key) => [key, median(rows.map((row) => row[key]))]));

/** Median of the rounds' own ratios a / b, and the quarters beside it. */
export function ratio(a, b, figure = 'perSecond') {
  const values = a.map((row, i) => row[figure] / b[i][figure]);
  return { low: quantile(values, 0.25), median: median(values), high: quantile(values, 0.75) };
}
