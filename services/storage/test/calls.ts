/** A call of a tenant that nobody ends, unless a signal is given. */
export function callOf(tenant: string, options: { signal?: AbortSignal; remainingMs?: number } = {}) {
  const at = Date.now() + (options.remainingMs ?? 20_000);
  return {
    tenant,
    signal: options.signal ?? new AbortController().signal,
    deadline: { remainingMs: () => at - Date.now() },
  };
}

/** What it rejects with. */
export const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no failure',
    (error: unknown) => error,
  );
