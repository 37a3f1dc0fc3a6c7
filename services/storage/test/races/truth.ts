import { ask } from './ask.ts';
import type { Ledger } from './ledger.ts';

export interface TrueEvent {
  readonly id: string;
  readonly tenant: string;
  readonly stream: string;
  readonly type: string;
  readonly revision: number;
  readonly position: bigint;
}

/** What the database has, by position, as its owner sees it. */
export async function truthOf(adminUrl: string, tenants: readonly string[]): Promise<TrueEvent[]> {
  const rows = await ask<Omit<TrueEvent, 'position'> & { position: string }>(
    adminUrl,
    `select id, tenant, stream, type, revision::int, position::text from storage.events where tenant = any($1)
     order by events.position`,
    [tenants],
  );
  return rows.map((row) => ({ ...row, position: BigInt(row.position) }));
}

/** The highest position of all; 0 when there is none. */
export async function lastPosition(adminUrl: string): Promise<bigint> {
  const [row] = await ask<{ last: string }>(
    adminUrl,
    'select coalesce(max(position), 0)::text as last from storage.events',
  );
  return BigInt(row?.last ?? 0);
}

/** What the database has against what writers were told. */
export function faultsOfStore(truth: readonly TrueEvent[], ledger: Ledger): string[] {
  const ids = new Set(truth.map(({ id }) => id));
  const lost = [...ledger.acknowledged].filter((id) => !ids.has(id)).length;
  const undead = [...ledger.refused].filter((id) => ids.has(id)).length;
  return [
    ...(lost > 0 ? [`${lost} acknowledged events are not there`] : []),
    ...(undead > 0 ? [`${undead} events are there that were refused or rolled back`] : []),
    ...(ids.size < truth.length ? [`${truth.length - ids.size} events are there twice`] : []),
    ...faultsOfRevisions(truth),
  ];
}

/** In the order of positions each stream counts 1, 2, 3 … */
function faultsOfRevisions(truth: readonly TrueEvent[]): string[] {
  const last = new Map<string, number>();
  let wrong = 0;
  for (const { tenant, stream, revision } of truth) {
    const key = `${tenant} ${stream}`;
    if (revision !== (last.get(key) ?? 0) + 1) wrong += 1;
    last.set(key, revision);
  }
  return wrong > 0 ? [`${wrong} revisions do not follow the one before`] : [];
}
