// What a person reads.

/** `least`: must not be below. */
export const AIMS = {
  single: { aim: 1.05, meaning: 'one request: time of async, by that with concurrency 1' },
  at10: { aim: 5, least: true, meaning: '10 in flight: throughput of async, by that with concurrency 1' },
  at50: { aim: 10, least: true, meaning: '50 in flight: the same' },
  mixed: { aim: 3, least: true, meaning: 'story, narration and upload, 10 in flight: the same' },
  memory: { aim: 0.8, meaning: '50 in flight: peak resident memory of async, by that of a blocked worker each' },
  modelSingle: { aim: 1.05, meaning: 'one request, by model over HTTP: time of async, by that with concurrency 1' },
  modelAt10: {
    aim: 5,
    least: true,
    meaning: '10 in flight, by model: throughput of async, by that with concurrency 1',
  },
  modelAt50: { aim: 10, least: true, meaning: '50 in flight, by model: the same' },
  cpu: { aim: 0.7, meaning: '50 in flight: CPU time a request of async, by that of a blocked worker each' },
};

const ALSO = {
  modelAt10VsBlocked: '10 in flight, by model: throughput of async, by that of a blocked worker each',
  modelAt50VsBlocked: '50 in flight, by model: the same',
  modelMemoryVsBlocked: '50 in flight, by model: peak resident memory of async, by that of a blocked worker each',
  singleVsBlocked: 'one request: time of async, by that of a blocked worker',
  at50VsBlocked: '50 in flight: throughput of async, by that of a blocked worker each',
  memoryVsKept: 'memory, when blocked workers are kept for the next request',
  cpuVsKept: 'CPU time, the same',
  at50VsKept: 'throughput, the same',
};

const digits = (value) => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

export function printFigures(figures) {
  const columns = ['perSecond', 'medianMs', 'cpuMsPerRequest', 'megabytesPerRequest', 'refused', 'waitedPercent'];
  console.log(`\n${''.padEnd(15)}${columns.map((name) => name.padStart(21)).join('')}`);
  for (const [name, row] of Object.entries(figures))
    console.log(`${name.padEnd(15)}${columns.map((column) => digits(row[column]).padStart(21)).join('')}`);
}

/** Medians of the rounds' own ratios, with the quarters. Returns whether every aim is reached. */
export function printRatios(spread) {
  console.log();
  const reached = Object.entries(AIMS).map(([name, { aim, least = false, meaning }]) => {
    const { median } = spread[name];
    const holds = least ? median >= aim : median <= aim;
    printRatio(holds ? '✓' : '✗', name, spread[name], `${meaning}; aim ${least ? '≥' : '≤'} ${aim}`);
    return holds;
  });
  for (const [name, meaning] of Object.entries(ALSO)) printRatio(' ', name, spread[name], meaning);
  return reached.every(Boolean);
}

function printRatio(mark, name, { low, median, high }, meaning) {
  const figures = `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
  console.log(`${mark} ${name.padEnd(20)} ${figures.padEnd(24)} ${meaning}`);
}
