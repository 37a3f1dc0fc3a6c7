// What a person reads, and what a file keeps.
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';

const digits = (value) => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

export function printFigures(figures) {
  const columns = Object.keys(Object.values(figures)[0]);
  console.log(`\n${''.padEnd(15)}${columns.map((name) => name.padStart(21)).join('')}`);
  for (const [name, row] of Object.entries(figures))
    console.log(`${name.padEnd(15)}${columns.map((column) => digits(row[column]).padStart(21)).join('')}`);
}

/**
 * Medians of the rounds' own ratios, with the quarters. `aims` by name: `{ aim, least, meaning }`, with `least` it must not be below;
 * `also`: meanings of others. Returns whether every aim is reached.
 */
export function printRatios(spread, aims, also) {
  console.log();
  const reached = Object.entries(aims).map(([name, { aim, least = false, meaning }]) => {
    const { median } = spread[name];
    const holds = least ? median >= aim : median <= aim;
    printRatio(holds ? '✓' : '✗', name, spread[name], `${meaning}; aim ${least ? '≥' : '≤'} ${aim}`);
    return holds;
  });
  for (const [name, meaning] of Object.entries(also)) printRatio(' ', name, spread[name], meaning);
  return reached.every(Boolean);
}

function printRatio(mark, name, { low, median, high }, meaning) {
  const figures = `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
  console.log(`${mark} ${name.padEnd(20)} ${figures.padEnd(24)} ${meaning}`);
}

/** The machine, as it is before anything is measured. */
export function describeMachine() {
  const machine = {
    cpu: cpus()[0].model,
    cores: availableParallelism(),
    node: process.versions.node,
    loadBefore: loads(),
  };
  const { cpu, cores, node, loadBefore } = machine;
  console.log(`${cpu}, ${cores} cores, node ${node}, load average ${loadBefore.join(' ')}`);
  return machine;
}

export const loads = () => loadavg().map((value) => Number(value.toFixed(2)));

/** The result as JSON; its `ratios` are the medians of those that have an aim. */
export async function keepResult(file, { spread, aims, ...result }) {
  const ratios = Object.fromEntries(Object.keys(aims).map((name) => [name, spread[name].median]));
  await writeFile(file, `${JSON.stringify({ ...result, ratios, spread, aims }, null, 2)}\n`);
}
