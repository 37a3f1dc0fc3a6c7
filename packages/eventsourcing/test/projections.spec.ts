import { describe, expect, it } from '@jest/globals';
import {
  type Call,
  catchUpProjection,
  loadStream,
  MemoryEventStore,
  MemoryProjections,
  newEvent,
  type Projection,
  rebuildProjection,
  runProjection,
  type StateView,
  withInlineProjections,
} from '@exempla/eventsourcing';
import { testCall } from '@exempla/eventsourcing/testing';
import { eventually, gate } from '@exempla/testing';
import { count, numbered, numbers, upTo } from './projection-fixtures.ts';

type Numbers = readonly number[];

function setUp(projection: Projection<StateView<Numbers>> = numbers) {
  const store = new MemoryEventStore();
  const views = new MemoryProjections<Numbers>();
  const call = testCall();
  return {
    store,
    views,
    call,
    run: { store, views, projection, batchSize: 10 },
    seen: () => views.read(call, projection.name) ?? [],
  };
}

/** The call, and what ends it. */
function endable(call: Call) {
  const controller = new AbortController();
  return { call: { ...call, signal: controller.signal }, end: () => controller.abort(new Error('ended')) };
}

describe('a projection', () => {
  it('takes in what is there, in batches, and then each event as it comes', async () => {
    const { store, views, call, run, seen } = setUp();
    const sizes: number[] = [];
    const update = views.update.bind(views);
    views.update = async (inner, edition, { effects, ...rest }) => {
      const before = seen().length;
      const done = await update(inner, edition, { effects, ...rest });
      sizes.push(seen().length - before);
      return done;
    };
    await count(store, call, ...upTo(25));
    const following = endable(call);
    const running = runProjection(following.call, run);
    const ended = expect(running).rejects.toThrow('ended');
    await eventually('it has caught up', () => seen().length === 25);
    await count(store, call, 26);
    await eventually('the new event is in', () => seen().length === 26);
    following.end();
    await ended;
    expect(seen()).toEqual(upTo(26));
    expect(Math.max(...sizes)).toBe(10);
  });

  it('goes on where it was, and leaves out what is not of its types', async () => {
    const { store, call, run, seen } = setUp();
    await count(store, call, 1, 2);
    await catchUpProjection(call, run);
    const other = newEvent({ type: 'Other', data: 99 }, { source: 'test', tenant: call.tenant });
    await store.append(call, { stream: 's', events: [other], expected: { type: 'any' } });
    await count(store, call, 3);
    await catchUpProjection(call, run);
    expect(seen()).toEqual([1, 2, 3]);
  });

  it('does not look again at what is not of its types', async () => {
    const { store, views, call, run } = setUp({ ...numbers, types: ['Unknown'] });
    await count(store, call, ...upTo(25));
    await catchUpProjection(call, run);
    const last = (await loadStream(store, call, { stream: 's' })).at(-1);
    expect(await views.checkpoint(call, { projection: 'numbers', edition: 'live' })).toBe(last?.position);
  });

  it('keeps nothing of a batch in which it failed, and applies nothing twice after that', async () => {
    let failsAt = 15;
    const failing: typeof numbers = {
      ...numbers,
      apply: (view, event, call) => {
        if (event.data === failsAt) throw new Error('crashed');
        return numbers.apply(view, event, call);
      },
    };
    const { store, call, run, seen } = setUp(failing);
    await count(store, call, ...upTo(25));
    await expect(catchUpProjection(call, run)).rejects.toThrow('crashed');
    expect(seen()).toEqual(upTo(10));
    failsAt = 0;
    await catchUpProjection(call, run);
    expect(seen()).toEqual(upTo(25));
  });

  it('applies everything once when three replicas run it', async () => {
    const { store, call, run, seen } = setUp();
    const following = endable(call);
    const replicas = [1, 2, 3].map(() => expect(runProjection(following.call, run)).rejects.toThrow('ended'));
    for (const number of upTo(200)) {
      await count(store, call, number);
      if (number % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually('all are in', () => seen().length >= 200);
    following.end();
    await Promise.all(replicas);
    expect(seen()).toEqual(upTo(200));
  });

  it('is handed the signal, and stops between two events when it fires', async () => {
    const { store, call, run, seen } = setUp({
      ...numbers,
      apply: (view, event, inner) => {
        if (event.data === 3) following.end();
        expect(inner.signal.aborted).toBe(event.data === 3);
        return numbers.apply(view, event, inner);
      },
    });
    const following = endable(call);
    await count(store, call, ...upTo(5));
    await expect(runProjection(following.call, run)).rejects.toThrow('ended');
    expect(seen()).toEqual([]);
  });

  it('keeps tenants apart', async () => {
    const { store, views, call, run, seen } = setUp();
    const other = testCall();
    await count(store, call, 1);
    await count(store, other, 2);
    await catchUpProjection(call, run);
    await catchUpProjection(other, run);
    expect([seen(), views.read(other, 'numbers')]).toEqual([[1], [2]]);
  });
});

describe('a rebuild', () => {
  it('is not seen before it is complete, and takes in what came meanwhile', async () => {
    const { store, call, run, seen } = setUp();
    await count(store, call, 1, 2, 3);
    await catchUpProjection(call, run);
    const halfway = gate();
    const goOn = gate();
    const doubled: typeof numbers = {
      ...numbers,
      apply: async (view, event) => {
        if (event.data === 2) {
          halfway.open();
          await goOn.promise;
        }
        view.write([...(view.read() ?? []), (event.data as number) * 2]);
      },
    };
    const rebuilt = rebuildProjection(call, { ...run, batchSize: 1, projection: doubled });
    await halfway.promise;
    await count(store, call, 4);
    await catchUpProjection(call, run);
    expect(seen()).toEqual([1, 2, 3, 4]);
    goOn.open();
    await rebuilt;
    expect(seen()).toEqual([2, 4, 6, 8]);
  });

  it('never takes the place of a view that is ahead, however often that moves', async () => {
    const { store, views, call, run, seen } = setUp();
    await count(store, call, ...upTo(5));
    await catchUpProjection(call, run);
    let moves = 0;
    const promote = views.promote.bind(views);
    views.promote = async (...given) => {
      if (moves < 3) {
        moves += 1;
        await count(store, call, 5 + moves);
        await catchUpProjection(call, run);
      }
      const before = seen().length;
      const done = await promote(...given);
      expect(seen().length).toBeGreaterThanOrEqual(before);
      return done;
    };
    await rebuildProjection(call, run);
    expect([moves, seen()]).toEqual([3, upTo(8)]);
  });

  it('does not take what another rebuild has begun anew for its own', async () => {
    const { store, views, call, run, seen } = setUp();
    await count(store, call, ...upTo(5));
    await catchUpProjection(call, run);
    const promote = views.promote.bind(views);
    let others = 1;
    views.promote = async (...given) => {
      if (others-- > 0) await views.clearRebuilt(call, numbers.name);
      const done = await promote(...given);
      expect(seen()).toEqual(upTo(5));
      return done;
    };
    await rebuildProjection(call, run);
    expect(seen()).toEqual(upTo(5));
  });

  it('begins afresh after one that failed, and a runner goes on after the switch', async () => {
    const { store, call, run, seen } = setUp();
    await count(store, call, ...upTo(15));
    const following = endable(call);
    const running = expect(runProjection(following.call, run)).rejects.toThrow('ended');
    const failing: typeof numbers = {
      ...numbers,
      apply: (view, event, inner) => {
        if (event.data === 12) throw new Error('crashed');
        return numbers.apply(view, { ...event, data: 0 }, inner);
      },
    };
    await expect(rebuildProjection(call, { ...run, projection: failing })).rejects.toThrow('crashed');
    await rebuildProjection(call, run);
    await count(store, call, 16, 17);
    await eventually('the runner goes on', () => seen().length >= 17);
    following.end();
    await running;
    expect(seen()).toEqual(upTo(17));
  });
});

describe('an inline projection', () => {
  it('is seen together with its events, and neither without the other', async () => {
    const { store: plain, views, call, seen } = setUp();
    const store = withInlineProjections(views.inTransactionsOf(plain), [numbers]);
    await count(store, call, 1, 2);
    expect(seen()).toEqual([1, 2]);
    const late = { stream: 's', events: numbered(call, 3), expected: { type: 'no-stream' } as const };
    await expect(store.append(call, late)).rejects.toThrow('expected no-stream');
    expect(seen()).toEqual([1, 2]);
    const refusing = { ...numbers, apply: () => Promise.reject(new Error('refused')) };
    const refused = withInlineProjections(views.inTransactionsOf(plain), [numbers, refusing]);
    await expect(count(refused, call, 3)).rejects.toThrow('refused');
    expect(seen()).toEqual([1, 2]);
    expect((await plain.readStream(call, { stream: 's', from: 3 }).next()).done).toBe(true);
  });

  it('is not applied again by an append that is repeated, nor lost among many at once', async () => {
    const { store: plain, views, call, seen } = setUp();
    const store = withInlineProjections(views.inTransactionsOf(plain), [numbers]);
    const append = { stream: 's', events: numbered(call, 1), expected: { type: 'no-stream' } as const };
    await store.append(call, append);
    expect(await store.append(call, append)).toMatchObject({ repeated: true });
    await Promise.all(upTo(20).map((number) => count(store, call, number + 1)));
    expect(seen()).toEqual(upTo(21));
  });
});
