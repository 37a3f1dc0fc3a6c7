import { describe, expect, it } from '@jest/globals';
import { Budget, Usage } from '@exempla/contracts/storage/v1/budget_service';
import { limit } from '../src/commands/values.ts';
import { budgetView, unitsOf, usageTable } from '../src/terminal/budget-view.ts';
import { PLAIN } from '../src/terminal/style.ts';

describe('money', () => {
  it.each([
    [0n, '0.00'],
    [2_500_000n, '2.50'],
    [12n, '0.000012'],
    [1_234_560n, '1.23456'],
    [1_000_000_000_000_000n, '1000000000.00'],
  ])('%s micros are %s, and back', (micros, text) => {
    expect(unitsOf(micros)).toBe(text);
    if (micros < 10n ** 15n) expect(limit(text)).toBe(micros);
  });
});

describe('budgetView', () => {
  it('says what is spent of what, set aside and lost, and until when', () => {
    const budget = Budget.fromPartial({
      limitMicros: 5_000_000n,
      spentMicros: 12n,
      reservedMicros: 7n,
      lostMicros: 3n,
      resetTime: new Date('2026-12-01T00:00:00Z'),
    });
    expect(budgetView(budget, PLAIN)).toEqual([
      '  0.000012 spent, of 5.00; begins anew 2026-12-01 00:00 UTC',
      '  0.000007 is set aside for calls under way',
      '  up to 0.000003 was used by calls that never said so',
    ]);
  });

  it('has the days and models in a table, what is estimated marked', () => {
    const used = {
      day: '2026-11-21',
      model: 'small',
      answers: 2n,
      inputTokens: 30n,
      outputTokens: 9n,
      costMicros: 12n,
    };
    const lines = usageTable([Usage.fromPartial({ ...used, estimated: true })], { width: 100, style: PLAIN });
    expect(lines.at(-1)).toMatch(/2026-11-21 +small +2 +≈ 30 +≈ 9 +0 +0\.000012/);
  });
});
