/** What keeps this process busy, by kind: sockets, timers, workers. Equal before and after means nothing leaked. */
export function openHandles(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
