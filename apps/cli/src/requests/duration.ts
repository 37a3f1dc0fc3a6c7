const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };
const MAX_MS = 3_600_000;

/** Milliseconds of `500ms`, `3s`, `1.5s` or `2m`; throws with an example for anything else. */
export function parseDurationMs(text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text.trim()) ?? [];
  const ms = Math.round(Number(number) * (UNITS_MS[unit] ?? Number.NaN));
  if (ms >= 1 && ms <= MAX_MS) return ms;
  throw new RangeError(`"${text}" is not a duration from 1ms to 60m: write 500ms, 3s or 2m`);
}
