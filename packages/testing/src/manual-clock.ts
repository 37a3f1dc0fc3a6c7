/** A clock that stands still until it is told to go on. */
export interface ManualClock {
  /** Milliseconds. */
  now(): number;
  /** Goes on by `ms`; who slept until then wakes, in order of time. */
  advance(ms: number): Promise<void>;
  /** Resolves when the clock has gone on by `ms`. */
  sleep(ms: number): Promise<void>;
}

export function manualClock(startMs = 0): ManualClock {
  let time = startMs;
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  const advance = async (ms: number): Promise<void> => {
    const end = time + ms;
    for (;;) {
      sleepers.sort((a, b) => a.until - b.until);
      const [next] = sleepers;
      if (!next || next.until > end) break;
      sleepers.shift();
      time = next.until;
      next.wake();
      // Whoever woke may sleep again, within the same advance.
      await new Promise((resolve) => setImmediate(resolve));
    }
    time = end;
  };
  const sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      if (ms <= 0) wake();
      else sleepers.push({ until: time + ms, wake });
    });
  return { now: () => time, advance, sleep };
}
