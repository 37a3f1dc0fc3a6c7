import type { Budget, Usage } from '@exempla/contracts/storage/v1/budget_service';
import { MARGIN } from './columns.ts';
import type { Style } from './style.ts';
import { tableOf } from './table.ts';

const MICROS = 1_000_000n;
const CENTS = 2;

/** As money is written, with as many places as it takes: 2.50, 0.000012. */
export function unitsOf(micros: bigint): string {
  const places = String(micros % MICROS).padStart(6, '0');
  const cents = places.slice(0, CENTS);
  return `${micros / MICROS}.${cents}${places.slice(CENTS).replace(/0+$/, '')}`;
}

/** What may be spent, and what became of it. */
export function budgetView(budget: Budget, style: Style): string[] {
  const { limitMicros, spentMicros, reservedMicros, lostMicros, ownLimit, resetTime } = budget;
  const of =
    limitMicros === undefined ? 'no limit' : `of ${unitsOf(limitMicros)}${ownLimit ? ', set for this tenant' : ''}`;
  const until = resetTime ? `begins anew ${resetTime.toISOString().slice(0, 16).replace('T', ' ')} UTC` : '';
  const more = [
    ...(reservedMicros > 0n ? [`${unitsOf(reservedMicros)} is set aside for calls under way`] : []),
    ...(lostMicros > 0n ? [`up to ${unitsOf(lostMicros)} was used by calls that never said so`] : []),
  ];
  return [
    `${MARGIN}${style.strong(unitsOf(spentMicros))} spent, ${of}; ${style.quiet(until)}`,
    ...more.map((line) => `${MARGIN}${style.quiet(line)}`),
  ];
}

const HEADS = ['day', 'model', 'answers', 'tokens in', 'out', 'characters', 'cost'];

export const usageTable = (usage: readonly Usage[], space: { width: number; style: Style }): string[] =>
  tableOf(
    HEADS,
    usage.map(({ day, model, answers, inputTokens, outputTokens, characters, costMicros, estimated }) => [
      day,
      model,
      String(answers),
      `${estimated ? '≈ ' : ''}${inputTokens}`,
      `${estimated ? '≈ ' : ''}${outputTokens}`,
      String(characters),
      unitsOf(costMicros),
    ]),
    space,
  );
