import rateLimit from '@fastify/rate-limit';
import { status, StatusError } from '@exempla/rpc';
import type { Logger } from '@exempla/telemetry';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { clientAddress } from './client-address.ts';

/** Runs `verify`, or refuses before it. */
export type Guard = <T>(request: FastifyRequest, verify: () => T | Promise<T>) => Promise<T>;

const WINDOW_MS = 60_000;
/** Of more the one that was not heard of for longest is forgotten: some 2 MB. */
const MAX_ADDRESSES = 10_000;

/**
 * So many credentials of one address may fail in a minute, which begins with the first of them; more are refused unseen, good
 * ones too, until it is over. 0 sets no limit. What is being verified when the limit is reached is verified.
 */
export async function limitFailures(scope: FastifyInstance, perMinute: number, logger: Logger): Promise<Guard> {
  if (perMinute === 0) return async (_request, verify) => verify();
  await scope.register(rateLimit, {
    global: false,
    max: perMinute,
    timeWindow: WINDOW_MS,
    cache: MAX_ADDRESSES,
    keyGenerator: ({ ip }) => clientAddress(ip),
  });
  const failuresOf = scope.createRateLimit();

  const refuseEarly = async (request: FastifyRequest): Promise<void> => {
    const failures = await failuresOf(request, { increment: false });
    if (failures.isAllowed || failures.remaining > 0) return;
    throw tooManyFailed(perMinute, failures.ttl);
  };
  /** Until when an address has been told of. Its failures are counted at once when they come at once: none of them is the last. */
  const told = new Map<string, number>();
  const count = async (request: FastifyRequest): Promise<void> => {
    const failures = await failuresOf(request);
    if (failures.isAllowed || failures.remaining > 0) return;
    const { key: address, ttl: forMs } = failures;
    if ((told.get(address) ?? 0) > Date.now()) return;
    if (told.size >= MAX_ADDRESSES) told.clear();
    told.set(address, Date.now() + forMs);
    logger.warn(
      { event: 'credentials-refused', address, perMinute, forMs },
      'too many credentials of one address failed',
    );
  };
  return async (request, verify) => {
    if (!bringsCredential(request)) return verify();
    await refuseEarly(request);
    try {
      return await verify();
    } catch (error) {
      if (isRefusal(error)) await count(request);
      throw error;
    }
  };
}

/** A request without one is refused at once: that costs nothing, and tries nothing. */
const bringsCredential = ({ headers }: FastifyRequest): boolean =>
  headers.authorization !== undefined || headers['x-api-key'] !== undefined;

const isRefusal = (error: unknown): boolean => error instanceof StatusError && error.code === status.UNAUTHENTICATED;

const tooManyFailed = (perMinute: number, retryAfterMs: number): StatusError =>
  new StatusError(
    status.RESOURCE_EXHAUSTED,
    'TOO_MANY_FAILED_CREDENTIALS',
    `more than ${perMinute} credentials from this address failed in a minute`,
    { retryAfterMs, metadata: { per_minute: String(perMinute) } },
  );
