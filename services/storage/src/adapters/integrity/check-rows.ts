import type pg from 'pg';
import type { Finding, FindingKind } from './finding.ts';

export interface RowCheck {
  readonly what: string;
  readonly kind: FindingKind;
  /** Finds rows of tenant, name, detail. Sees one moment, so that nobody has to stop writing. */
  readonly sql: string;
}

/** 1, 2, 3 … and nothing else, by what there is and not by what is said of it. */
const numbered = (number: string): string =>
  `having count(${number}) = 0 or min(${number}) <> 1 or max(${number}) <> count(${number})`;

const has = (number: string): string =>
  `format('has %s numbered %s to %s', count(${number}), min(${number}), max(${number}))`;

export const ROW_CHECKS: readonly RowCheck[] = [
  {
    what: 'revisions of definitions',
    kind: 'REVISIONS_NOT_IN_ORDER',
    sql: `select d.tenant, 'definitions/' || d.id as name, ${has('r.number')} as detail
      from storage.definitions d left join storage.definition_revisions r on r.tenant = d.tenant and r.definition_id = d.id
      group by d.tenant, d.id ${numbered('r.number')}`,
  },
  ...['story_revisions', 'generations'].map((table) => ({
    what: `numbers of ${table}`,
    kind: 'REVISIONS_NOT_IN_ORDER' as const,
    sql: `select p.tenant, 'stories/' || p.story_id || '/${table.replace('story_', '')}' as name, ${has('p.number')} as detail
      from storage.${table} p group by p.tenant, p.story_id ${numbered('p.number')}`,
  })),
  {
    what: 'revisions of streams',
    kind: 'EVENTS_NOT_IN_ORDER',
    sql: `select e.tenant, 'streams/' || e.stream as name, ${has('e.revision')} as detail
      from storage.events e group by e.tenant, e.stream ${numbered('e.revision')}`,
  },
  {
    what: 'positions of events',
    kind: 'EVENTS_NOT_IN_ORDER',
    sql: `select tenant, 'streams/' || stream as name,
        format('revision %s has position %s, the one before it %s', revision, position, before) as detail
      from (select tenant, stream, revision, position, lag(position) over (partition by tenant, stream order by revision) as before
        from storage.events) as e
      where position <= before`,
  },
  {
    // The sequence is read last: it may be ahead, never behind.
    what: 'the next position',
    kind: 'POSITIONS_BEHIND',
    sql: `select '' as tenant, 'storage.event_position' as name, format('is at %s, the last event at %s', s.last_value, e.last) as detail
      from (select max(position) as last from storage.events) as e, storage.event_position as s where s.last_value < e.last`,
  },
  {
    what: 'constraints and indexes',
    kind: 'NOT_VALID',
    sql: `select '' as tenant, conname::text as name, format('constraint of %s is not validated', conrelid::regclass) as detail
      from pg_constraint where connamespace = 'storage'::regnamespace and not convalidated
      union all select '', indexrelid::regclass::text, format('index of %s is not valid', indrelid::regclass)
      from pg_index join pg_class on pg_class.oid = indrelid
      where relnamespace = 'storage'::regnamespace and not indisvalid`,
  },
];

const PAGE = 500;

/** As many findings as there may be: a cursor hands them on in pages. */
export async function* checkRows(client: pg.ClientBase, { kind, sql }: RowCheck): AsyncGenerator<Finding> {
  await client.query('begin isolation level repeatable read read only');
  await client.query(`declare findings cursor for ${sql}`);
  for (;;) {
    const { rows } = await client.query<Omit<Finding, 'kind'>>(`fetch ${PAGE} from findings`);
    for (const row of rows) yield { kind, ...row };
    if (rows.length < PAGE) break;
  }
  await client.query('commit');
}
