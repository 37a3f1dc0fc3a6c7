import { describe, expect, it } from '@jest/globals';
import { manualClock } from '@exempla/testing';
import { UpstreamLimiter, type Slot } from '../src/limiter/upstream-limiter.ts';
import type { Priority } from '../src/call.ts';

const clock = { now: manualClock().now, after: () => () => {} };
const stays = new AbortController().signal;

/** Who gets one turn after the other when there is room for one at a time. */
async function order(waiting: readonly (readonly [tenant: string, priority: Priority])[]): Promise<string[]> {
  const limiter = new UpstreamLimiter(clock, { initial: 1, max: 1 });
  const first = await limiter.acquire({ tenant: 'nobody' }, stays);
  const served: string[] = [];
  const turns = waiting.map(async ([tenant, priority]) => {
    const slot = await limiter.acquire({ tenant, priority }, stays);
    served.push(`${tenant} ${priority}`);
    slot.end('ok');
  });
  first.end('ok');
  await Promise.all(turns);
  return served;
}

describe('the limiter of an upstream', () => {
  it('serves interactive calls before batch', async () => {
    expect(
      await order([
        ['a', 'batch'],
        ['a', 'interactive'],
        ['b', 'batch'],
        ['b', 'interactive'],
      ]),
    ).toEqual(['a interactive', 'b interactive', 'a batch', 'b batch']);
  });

  it('takes tenants in turn, however many calls one has', async () => {
    const many = Array.from({ length: 4 }, () => ['many', 'interactive'] as const);
    expect(await order([...many, ['few', 'interactive'], ['few', 'interactive']])).toEqual([
      'many interactive',
      'few interactive',
      'many interactive',
      'few interactive',
      'many interactive',
      'many interactive',
    ]);
  });

  it('prefers the tenant with the least under way', async () => {
    const limiter = new UpstreamLimiter(clock, { initial: 3, max: 3 });
    const slots = await Promise.all(['a', 'a', 'b'].map((tenant) => limiter.acquire({ tenant }, stays)));
    const served: string[] = [];
    const later = (tenant: string): Promise<Slot> =>
      limiter.acquire({ tenant }, stays).then((slot) => {
        served.push(tenant);
        return slot;
      });
    const waiting = [later('a'), later('b'), later('c')];
    slots[0]!.end('ok');
    (await waiting[2]!).end('ok');
    for (const slot of slots) slot.end('ok');
    await Promise.all(waiting);
    expect(served[0]).toBe('c');
  });

  it('lets who leaves out of the queue, with the reason of leaving, and nobody waits behind', async () => {
    const limiter = new UpstreamLimiter(clock, { initial: 1, max: 1 });
    const first = await limiter.acquire({ tenant: 'a' }, stays);
    const leaver = new AbortController();
    const left = limiter.acquire({ tenant: 'a' }, leaver.signal);
    const next = limiter.acquire({ tenant: 'b' }, stays);
    const reason = new Error('gone');
    leaver.abort(reason);
    await expect(left).rejects.toBe(reason);
    expect(limiter.waiting).toBe(1);
    first.end('ok');
    (await next).end('ok');
    expect([limiter.waiting, limiter.inFlight]).toEqual([0, 0]);
  });

  it('gives a turn back once, however often it is ended', async () => {
    const limiter = new UpstreamLimiter(clock, { initial: 1, max: 1 });
    const slot = await limiter.acquire({ tenant: 'a' }, stays);
    slot.end('ok');
    slot.end('ok');
    expect(limiter.inFlight).toBe(0);
  });
});
