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
