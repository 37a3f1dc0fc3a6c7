import { describe, expect, it } from '@jest/globals';
import { Budget, Usage } from '@exempla/contracts/storage/v1/budget_service';
import { edgeWith } from './edge-under-test.ts';

const TIMES = { startTime: new Date('2026-11-01T00:00:00Z'), resetTime: new Date('2026-12-01T00:00:00Z') };

describe('GET /api/v1/usage', () => {
  it('tells the budget and the usage of the caller, page by page', async () => {
    const asked: object[] = [];
    const edge = await edgeWith({
      budgets: {
        getBudget: async () => Budget.fromPartial({ ...TIMES, limitMicros: 500n, spentMicros: 7n, reservedMicros: 3n }),
        listUsage: async (request) => {
          asked.push(request);
          const usage = [Usage.fromPartial({ day: '2026-11-21', model: 'small', answers: 2n, costMicros: 7n })];
          return { usage, nextPageToken: 'more' };
        },
      },
    });
    const answer = await edge.app.inject('/api/v1/usage?page_size=1&page_token=from');
    expect(answer.json()).toEqual({
      budget: {
        limit_micros: 500,
        own_limit: false,
        spent_micros: 7,
        reserved_micros: 3,
        lost_micros: 0,
        start_time: '2026-11-01T00:00:00.000Z',
        reset_time: '2026-12-01T00:00:00.000Z',
      },
      usage: [
        {
          day: '2026-11-21',
          model: 'small',
          answers: 2,
          input_tokens: 0,
          output_tokens: 0,
          characters: 0,
          cost_micros: 7,
          estimated: false,
        },
      ],
      next_page_token: 'more',
    });
    expect(asked).toEqual([{ pageSize: 1, pageToken: 'from' }]);
    await edge.app.close();
  });

  it('knows budgets without a limit', async () => {
    const budgets = {
      getBudget: async () => Budget.fromPartial(TIMES),
      listUsage: async () => ({ usage: [], nextPageToken: '' }),
    };
    const edge = await edgeWith({ budgets });
    const answer = await edge.app.inject('/api/v1/usage');
    expect(answer.json()).toMatchObject({ budget: { limit_micros: null }, usage: [], next_page_token: '' });
    await edge.app.close();
  });
});
