const LOOK_EVERY_MS = 300;

/** What `look` sees once two looks in a row see the same: what runs out by itself, such as a timer, is no leak. */
export async function standingStill<T>(look: () => Promise<T>, limitMs: number): Promise<T> {
  let last = await look();
  await eventually(
    'it stands still',
    async () => {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      const now = await look();
      const same = JSON.stringify(now) === JSON.stringify(last);
      last = now;
      return same;
    },
    limitMs,
  );
  return last;
}

/**
 * Resolves as soon as `condition` holds, looking every few milliseconds; rejects with `what` when it does not within
 * `limitMs`. For facts outside the process, such as a pid that is gone; inside it, use a barrier or a gate.
 */
export async function eventually(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = 5_000,
): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not within ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
