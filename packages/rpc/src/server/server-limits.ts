import type { ServerOptions } from '@grpc/grpc-js';
import type { GenericService } from '../generic-definition.ts';
import { LONGEST_MS, methodPolicy } from '../method-policy.ts';

/** What bounds a server as a whole. */
export interface ServerLimits {
  /** Calls that may be under way at once; one more is refused with RESOURCE_EXHAUSTED. Default 1,000. */
  maxInFlight?: number;
  /** Watches that may be open at once, beside those calls; one more is refused in the same way. Default 1,000. */
  maxWatches?: number;
  /**
   * Fields and items that one request may have, where its method has rules: those of each message inside, set or not, and
   * those that are sent. One with more is refused with INVALID_ARGUMENT before it is read. Default 32,768.
   */
  maxRequestFields?: number;
  /** A connection is renewed after this long, give or take a tenth, so that callers see new addresses. Default 30 min. */
  maxConnectionAgeMs?: number;
}

export const DEFAULT_MAX_IN_FLIGHT = 1_000;
/** A watch whose reader stands still holds a message on its way, which may be a mebibyte. */
export const DEFAULT_MAX_WATCHES = 1_000;
export const DEFAULT_MAX_CONNECTION_AGE_MS = 30 * 60_000;
/** What is said at the last moment gets this long to arrive. */
const FAREWELL_MS = 1_000;

/** The limits in the environment. Throws naming the variable that is wrong. */
export function limitsFrom(env: NodeJS.ProcessEnv = process.env): ServerLimits {
  const limits: ServerLimits = {};
  const maxInFlight = positive(env, 'EXEMPLA_MAX_IN_FLIGHT');
  const maxWatches = positive(env, 'EXEMPLA_MAX_WATCHES');
  const maxRequestFields = positive(env, 'EXEMPLA_MAX_REQUEST_FIELDS');
  const maxConnectionAgeMs = positive(env, 'EXEMPLA_MAX_CONNECTION_AGE_MS');
  if (maxInFlight !== undefined) limits.maxInFlight = maxInFlight;
  if (maxWatches !== undefined) limits.maxWatches = maxWatches;
  if (maxRequestFields !== undefined) limits.maxRequestFields = maxRequestFields;
  if (maxConnectionAgeMs !== undefined) limits.maxConnectionAgeMs = maxConnectionAgeMs;
  return limits;
}

/**
 * Options of grpc-js for connections that are renewed: an old one takes no new calls and is closed when its last call has
 * ended, for which there is time until the longest deadline of any method has passed. Watches are ended apart from this.
 */
export function connectionAgeOptions(
  ageMs = DEFAULT_MAX_CONNECTION_AGE_MS,
  services: readonly GenericService[] = [],
): ServerOptions {
  const policies = services.flatMap(({ methods }) => Object.values(methods).map((method) => methodPolicy(method)));
  const longest = Math.max(0, ...policies.filter(({ watch }) => !watch).map(({ maxMs }) => maxMs));
  return { 'grpc.max_connection_age_ms': ageMs, 'grpc.max_connection_age_grace_ms': longest + FAREWELL_MS };
}

function positive(env: NodeJS.ProcessEnv, name: string): number | undefined {
  const raw = env[name]?.trim();
  if (!raw) return undefined;
  const value = Number(raw);
  if (Number.isInteger(value) && value >= 1 && value <= LONGEST_MS) return value;
  throw new Error(`${name} is "${raw}"; it has to be a whole number from 1 to ${LONGEST_MS}`);
}
