import { describe, expect, it } from '@jest/globals';
import type { ReserveRequest, SettleRequest } from '@exempla/contracts/storage/v1/budget_service';
import { RemoteError, status, type CallOptions, type PartialMessage } from '@exempla/rpc';
import { StorageBudget } from '../src/index.ts';

const RESERVATION = { id: '00000000-0000-4000-8000-000000000001', maxMicros: 7, lifetimeMs: 61_500 };
const METHOD = 'exempla.storage.v1.BudgetService/Reserve';
const gone = new Error('the caller went away');

const callOf = (signal = new AbortController().signal, remainingMs = 60_000) => ({
  tenant: 'acme',
  signal,
  deadline: { remainingMs: () => remainingMs },
});

function storageThat(reserve: () => Promise<object> = async () => ({})) {
  const requests: PartialMessage<ReserveRequest | SettleRequest>[] = [];
  const options: (CallOptions | undefined)[] = [];
  const budget = new StorageBudget({
    reserve: (request, given) => {
      requests.push(request);
      options.push(given);
      return reserve();
    },
    settle: async (request, given) => {
      requests.push(request);
      options.push(given);
      return {};
    },
  });
  return { budget, requests, options };
}

describe('the budgets of storage', () => {
  it('are asked within the time of the call, for its tenant', async () => {
    const { budget, requests, options } = storageThat();
    const call = callOf(undefined, 900);
    await budget.reserve(RESERVATION, call);
    expect(requests).toEqual([
      { reservation: RESERVATION.id, maxMicros: 7n, lifetime: { seconds: 61n, nanos: 500_000_000 } },
    ]);
    expect(options).toEqual([{ tenant: 'acme', signal: call.signal, timeoutMs: 900 }]);
  });

  it('are not waited for any longer than storage may take', async () => {
    const { budget, options } = storageThat();
    await budget.reserve(RESERVATION, callOf());
    expect(options[0]?.timeoutMs).toBe(5_000);
  });

  it('are exhausted in the words of storage', async () => {
    const metadata = { limit_micros: '5', spent_micros: '5' };
    const details = { reason: 'BUDGET_EXHAUSTED', domain: 'storage.exempla', metadata, retryAfterMs: 3_600_000 };
    const error = new RemoteError(METHOD, status.RESOURCE_EXHAUSTED, 'the budget has no room', details);
    const { budget } = storageThat(() => Promise.reject(error));
    await expect(budget.reserve(RESERVATION, callOf())).rejects.toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
      reason: 'BUDGET_EXHAUSTED',
      message: 'the budget has no room',
      metadata,
      retryAfterMs: 3_600_000,
    });
  });

  it.each([
    ['away', new RemoteError(METHOD, status.UNAVAILABLE, 'no connection')],
    ['busy', new RemoteError(METHOD, status.RESOURCE_EXHAUSTED, 'pool', { reason: 'POOL_EXHAUSTED' })],
    ['silent', new RemoteError(METHOD, status.DEADLINE_EXCEEDED, 'too late')],
    ['of another version', new RemoteError(METHOD, status.UNIMPLEMENTED, 'what?')],
    ['broken', new TypeError('no number')],
  ])('that are %s let nothing through: UNAVAILABLE', async (_, error) => {
    const { budget } = storageThat(() => Promise.reject(error));
    await expect(budget.reserve(RESERVATION, callOf())).rejects.toMatchObject({
      code: status.UNAVAILABLE,
      reason: 'BUDGET_UNAVAILABLE',
      cause: error,
    });
  });

  it('have nothing to do with a call that is over: its own end is told', async () => {
    const { budget } = storageThat(() => Promise.reject(new RemoteError(METHOD, status.CANCELLED, '')));
    await expect(budget.reserve(RESERVATION, callOf(AbortSignal.abort(gone)))).rejects.toBe(gone);
    await expect(budget.reserve(RESERVATION, callOf(undefined, 0))).rejects.toMatchObject({
      code: status.DEADLINE_EXCEEDED,
    });
  });

  it('take what was used, for whoever paid', async () => {
    const { budget, requests, options } = storageThat();
    const counts = { answers: 1, inputTokens: 2, outputTokens: 3, characters: 0, costMicros: 4 };
    await budget.settle({ id: RESERVATION.id, usage: [{ model: 'm', estimated: true, ...counts }] }, 'acme');
    expect(requests).toEqual([
      {
        reservation: RESERVATION.id,
        usage: [
          {
            model: 'm',
            answers: 1n,
            inputTokens: 2n,
            outputTokens: 3n,
            characters: 0n,
            costMicros: 4n,
            estimated: true,
          },
        ],
      },
    ]);
    expect(options).toEqual([{ tenant: 'acme' }]);
  });
});
