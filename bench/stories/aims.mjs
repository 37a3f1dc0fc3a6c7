// What the ratios mean, and what they have to reach.

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

/** Printed beside them. */
export const ALSO = {
  modelAt10VsBlocked: '10 in flight, by model: throughput of async, by that of a blocked worker each',
  modelAt50VsBlocked: '50 in flight, by model: the same',
  modelMemoryVsBlocked: '50 in flight, by model: peak resident memory of async, by that of a blocked worker each',
  singleVsBlocked: 'one request: time of async, by that of a blocked worker',
  at50VsBlocked: '50 in flight: throughput of async, by that of a blocked worker each',
  memoryVsKept: 'memory, when blocked workers are kept for the next request',
  cpuVsKept: 'CPU time, the same',
  at50VsKept: 'throughput, the same',
};
