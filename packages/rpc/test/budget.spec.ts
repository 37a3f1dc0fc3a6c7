import { describe, expect, it } from '@jest/globals';
import { budgetMs, currentCall, runDetached, runInCall, withBudget } from '../src/call-context.ts';
import { planCall } from '../src/client/call-plan.ts';
import { servedDeadline } from '../src/deadline.ts';
import { DEFAULT_POLICY } from '../src/method-policy.ts';
import { context } from './contexts.ts';

describe('budgetMs', () => {
  it.each([
    [{}, 1000, 1000],
    [{ ms: 300 }, 1000, 300],
    [{ ms: 3000 }, 1000, 1000],
    [{ share: 0.25 }, 1000, 250],
    [{ leaveMs: 400 }, 1000, 600],
    [{ leaveMs: 4000 }, 1000, 0],
    [{ ms: 300, share: 0.5, leaveMs: 900 }, 1000, 100],
  ])('%j of %d ms is %d ms', (budget, remaining, expected) => {
    expect(budgetMs(budget, remaining)).toBe(expected);
  });
});

describe('withBudget', () => {
  it('ends the step with BUDGET_EXCEEDED while the call goes on', async () => {
    const call = context(60_000);
    const ended = withBudget(
      call,
      { ms: 5 },
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    await expect(ended).rejects.toMatchObject({ reason: 'BUDGET_EXCEEDED' });
    expect(call.signal.aborted).toBe(false);
  });

  it('gives clients inside it the shorter deadline, and takes the reserve only once', async () => {
    const call = context(1000, 100);
    await withBudget(call, { leaveMs: 300 }, async () => {
      const { deadline } = planCall('x', DEFAULT_POLICY, {});
      expect(deadline.remainingMs()).toBeLessThanOrEqual(700);
      expect(deadline.remainingMs()).toBeGreaterThan(600);
    });
  });

  it('keeps the reserve of the call when the budget is as long as the call', async () => {
    await withBudget(context(1000, 100), {}, async () => {
      expect(planCall('x', DEFAULT_POLICY, {}).deadline.remainingMs()).toBeLessThanOrEqual(900);
    });
  });

  it('ends with the call', async () => {
    const caller = new AbortController();
    const call = context(60_000, 20, caller.signal);
    const step = withBudget(
      call,
      {},
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    caller.abort(new Error('gone'));
    await expect(step).rejects.toThrow('gone');
  });
});

describe('planCall', () => {
  it('inherits deadline less reserve, tenant, request id and trace', () => {
    const call = context(1000, 100);
    runInCall(call, () => {
      const { deadline, metadata } = planCall('x', DEFAULT_POLICY, {});
      expect(deadline.at).toBe(call.deadline.at - 100);
      expect(metadata.get('exempla-tenant')).toEqual(['acme']);
      expect(metadata.get('x-request-id')).toEqual(['r-1']);
      expect(metadata.get('traceparent')).toEqual([`00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`]);
    });
  });

  it('cannot be given more time, another tenant or another trace from inside a call', () => {
    const call = context(1000, 100);
    runInCall(call, () => {
      const { deadline, metadata } = planCall('x', DEFAULT_POLICY, {
        timeoutMs: 60_000,
        tenant: 'other',
        requestId: 'r-2',
        metadata: { 'exempla-tenant': 'other', 'x-request-id': 'r-2', 'x-extra': 'kept' },
      });
      expect(metadata.get('x-extra')).toEqual(['kept']);
      expect(deadline.at).toBe(call.deadline.at - 100);
      expect(metadata.get('exempla-tenant')).toEqual(['acme']);
      expect(metadata.get('x-request-id')).toEqual(['r-1']);
    });
  });

  it('never asks for more than the maximum of the method, nor for a time that is no number', () => {
    const month = 30 * 86_400_000;
    for (const timeoutMs of [month, Infinity]) {
      const left = planCall('x', DEFAULT_POLICY, { timeoutMs }).deadline.remainingMs();
      expect(left).toBeLessThanOrEqual(DEFAULT_POLICY.maxMs);
    }
    expect(() => planCall('x', DEFAULT_POLICY, { timeoutMs: NaN })).toThrow(/deadline/);
  });

  it('a detached step outlives its call and keeps tenant, request id and trace', async () => {
    const call = context(0, 100, AbortSignal.abort(new Error('gone')));
    await runInCall(call, async () => {
      expect(() => planCall('x', DEFAULT_POLICY, {})).toThrow('gone');
      await runDetached(1_000, async () => {
        const { deadline, metadata } = planCall('x', DEFAULT_POLICY, {});
        expect(deadline.remainingMs()).toBeGreaterThan(500);
        expect(deadline.remainingMs()).toBeLessThanOrEqual(1_000);
        expect(metadata.get('exempla-tenant')).toEqual(['acme']);
        expect(metadata.get('x-request-id')).toEqual(['r-1']);
      });
    });
  });

  it.each([59_912.988_873, -0.5])('takes what is left of a call, such as %d ms', async (ms) => {
    const left = await runInCall(context(100), () =>
      runDetached(ms, async () => currentCall()?.deadline.remainingMs()),
    );
    expect(left).toBeLessThanOrEqual(ms);
  });

  it('has no surrounding call outside any', () => {
    expect(currentCall()).toBeUndefined();
    const { deadline } = planCall('x', DEFAULT_POLICY, { timeoutMs: 250 });
    expect(deadline.remainingMs()).toBeLessThanOrEqual(250);
  });
});

describe('servedDeadline', () => {
  const policy = { defaultMs: 500, maxMs: 2_000 };
  it('is the default when the caller has none', () => {
    expect(servedDeadline(Infinity, policy).remainingMs()).toBeLessThanOrEqual(500);
    expect(servedDeadline(Infinity, policy).remainingMs()).toBeGreaterThan(450);
  });
  it('is the caller’s, whichever way grpc-js writes it', () => {
    const at = Date.now() + 1_000;
    expect(servedDeadline(at, policy).at).toBe(at);
    expect(servedDeadline(new Date(at), policy).at).toBe(at);
  });
  it('is never beyond the maximum', () => {
    expect(servedDeadline(Date.now() + 60_000, policy).remainingMs()).toBeLessThanOrEqual(2_000);
  });
});
