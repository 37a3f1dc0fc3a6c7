// Rounds in which every variant has its turn, forwards and then backwards: what disturbs the machine disturbs all of them.
import { cpuMs, median, quantile } from '../lib.mjs';

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

/** A run with the CPU time it cost the process `pid` and PostgreSQL. */
export async function withCpu(site, pid, run) {
  const before = [await cpuMs(pid), await site.databaseCpuMs()];
  const { count, elapsedMs, p50Ms, p99Ms } = await run();
  const after = [await cpuMs(pid), await site.databaseCpuMs()];
  return {
    perSecond: count / (elapsedMs / 1_000),
    processCpuUs: ((after[0] - before[0]) * 1_000) / count,
    databaseCpuUs: ((after[1] - before[1]) * 1_000) / count,
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
