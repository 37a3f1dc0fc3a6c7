// What the ratios mean, and what they have to reach.

/** `least`: must not be below. */
export const AIMS = {
  single: { aim: 0.5, meaning: 'one request: time of its kinds together, by that of one after the other (S0-15)' },
  at10: { aim: 5, least: true, meaning: '10 in flight: throughput, by that of one kind after the other' },
  at50: { aim: 10, least: true, meaning: '50 in flight: the same' },
  singleVsBlocked: { aim: 0.5, meaning: 'one request: time of its kinds together, by that of a blocked worker' },
  at10VsBlocked: { aim: 2, least: true, meaning: '10 in flight: throughput, by that of a blocked worker each' },
  at50VsBlocked: { aim: 1, least: true, meaning: '50 in flight: the same' },
  memory: { aim: 0.8, meaning: '50 in flight: peak resident memory, by that of a blocked worker each' },
  cpu: { aim: 0.7, meaning: '50 in flight: CPU time a request, by that of a blocked worker each' },
};
