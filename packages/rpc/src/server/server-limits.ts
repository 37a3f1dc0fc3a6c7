/** What bounds a server as a whole. */
export interface ServerLimits {
  /** Calls that may be under way at once; one more is refused with RESOURCE_EXHAUSTED. Default 1,000. */
  maxInFlight?: number;
  /** A connection is renewed after this long, give or take a tenth, so that callers see new addresses. Default 30 min. */
  maxConnectionAgeMs?: number;
}

export const DEFAULT_MAX_IN_FLIGHT = 1_000;
export const DEFAULT_MAX_CONNECTION_AGE_MS = 30 * 60_000;
/** The longest a timer can run. */
const LONGEST_MS = 2 ** 31 - 1;

/** The limits in the environment. Throws naming the variable that is wrong. */
export function limitsFrom(env: NodeJS.ProcessEnv = process.env): ServerLimits {
  const limits: ServerLimits = {};
  const maxInFlight = positive(env, 'EXEMPLA_MAX_IN_FLIGHT');
  const maxConnectionAgeMs = positive(env, 'EXEMPLA_MAX_CONNECTION_AGE_MS');
  if (maxInFlight !== undefined) limits.maxInFlight = maxInFlight;
  if (maxConnectionAgeMs !== undefined) limits.maxConnectionAgeMs = maxConnectionAgeMs;
  return limits;
}

function positive(env: NodeJS.ProcessEnv, name: string): number | undefined {
  const raw = env[name]?.trim();
  if (!raw) return undefined;
  const value = Number(raw);
  if (Number.isInteger(value) && value >= 1 && value <= LONGEST_MS) return value;
  throw new Error(`${name} is "${raw}"; it has to be a whole number from 1 to ${LONGEST_MS}`);
}
