import type { Append, AppendOutcome, Expected, NewEvent, RecordedEvent } from '../events/index.ts';
import { numberArray, textArray } from './array-text.ts';

/** As it comes from the driver: int8 as text, times as milliseconds. */
export interface EventRow {
  position: string;
  tenant: string;
  stream: string;
  revision: string;
  id: string;
  type: string;
  source: string;
  subject: string;
  time_ms: number;
  content_type: string;
  schema: string;
  correlation_id: string;
  causation_id: string;
  data: Buffer;
  append_time_ms: number;
}

/** `date_part` counts in floating point, which is enough for milliseconds; `extract` counts in decimals. */
const ms = (column: string): string => `date_part('epoch', ${column}) * 1000 as ${column}_ms`;

export const EVENT_COLUMNS =
  `position, tenant, stream, revision, id, type, source, subject, ${ms('time')}, content_type, schema, correlation_id, ` +
  `causation_id, data, ${ms('append_time')}`;

export const toRecordedEvent = (row: EventRow): RecordedEvent => ({
  tenant: row.tenant,
  stream: row.stream,
  revision: BigInt(row.revision),
  position: BigInt(row.position),
  appendTime: new Date(Math.round(row.append_time_ms)),
  id: row.id,
  type: row.type,
  source: row.source,
  subject: row.subject,
  time: new Date(Math.round(row.time_ms)),
  data: row.data,
  contentType: row.content_type,
  schema: row.schema,
  correlationId: row.correlation_id,
  causationId: row.causation_id,
});

/** In the order of the arguments; the times come before the fifth. */
const TEXTS = ['id', 'type', 'source', 'subject', 'contentType', 'schema', 'correlationId', 'causationId'] as const;
const TIME_PLACE = TEXTS.indexOf('contentType');

/** As `storage.append_events` wants it. */
const expectedNumber = (expected: Expected): string => {
  if (expected.type === 'revision') return String(expected.revision);
  return expected.type === 'any' ? '-1' : '-2';
};

/** The arguments of `storage.append_events`: a column each, and the data of all events in one piece. */
export function appendArguments(appends: readonly Append[]): unknown[] {
  const requests: number[] = [];
  const events: NewEvent[] = [];
  appends.forEach((append, i) => {
    for (const event of append.events) {
      requests.push(i + 1);
      events.push(event);
    }
  });
  const texts = TEXTS.map((name) => textArray(events.map((event) => event[name])));
  return [
    textArray(appends.map(({ tenant }) => tenant)),
    textArray(appends.map(({ stream }) => stream)),
    textArray(appends.map(({ expected }) => expectedNumber(expected))),
    numberArray(requests),
    ...texts.slice(0, TIME_PLACE),
    textArray(events.map(({ time }) => time.toISOString())),
    ...texts.slice(TIME_PLACE),
    numberArray(events.map(({ data }) => data.length)),
    Buffer.concat(events.map(({ data }) => data)),
  ];
}

export interface OutcomeRow {
  request: number;
  outcome: string;
  first_revision: string | null;
  last_revision: string | null;
  last_position: string | null;
}

const number = (value: string | null): bigint => BigInt(value ?? 0);

export function toOutcome(row: OutcomeRow): AppendOutcome {
  if (row.outcome === 'conflict') return { type: 'conflict', actual: number(row.last_revision) };
  if (row.outcome === 'reused') return { type: 'reused' };
  return {
    type: row.outcome === 'repeated' ? 'repeated' : 'appended',
    firstRevision: number(row.first_revision),
    lastRevision: number(row.last_revision),
    position: number(row.last_position),
  };
}
