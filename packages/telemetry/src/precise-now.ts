/** Milliseconds since the epoch with the resolution of the monotonic clock. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}
