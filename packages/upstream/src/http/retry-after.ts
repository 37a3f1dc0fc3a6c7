const DAY_MS = 86_400_000;

/** What the headers of a refusal say of when to come back, milliseconds: seconds or a date (RFC 9110 §10.2.3). A day at most. */
export function retryAfterMs(headers: Headers | undefined, nowMs: number): number | undefined {
  const ms = said(headers, nowMs);
  return ms === undefined || Number.isNaN(ms) ? undefined : Math.min(DAY_MS, Math.max(0, ms));
}

function said(headers: Headers | undefined, nowMs: number): number | undefined {
  const exact = headers?.get('retry-after-ms');
  if (exact) return Number(exact);
  const value = headers?.get('retry-after')?.trim();
  if (!value) return undefined;
  return /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - nowMs;
}
