import type { Definition, DefinitionContent, NewRevision, Revision } from '../definitions/index.ts';

/** A row of storage.definitions; jsonb comes parsed. */
export interface DefinitionRow {
  id: string;
  term: string;
  context: Definition['context'];
  language: string;
  category: string;
  text: string;
  assessment: Definition['assessment'] | null;
  state: Definition['state'];
  sense: Definition['sense'] | null;
  other_senses: Definition['otherSenses'];
  sense_reason: string;
  examples: Definition['examples'];
  narration: string;
  etag: string;
  request_fingerprint: string;
  create_time: Date;
  update_time: Date;
}

export interface RevisionRow {
  number: number;
  text: string;
  assessment: Revision['assessment'] | null;
  note: string;
  create_time: Date;
}

/** What a definition shows of a row, and no key or request. */
export const DEFINITION_COLUMNS =
  'id, term, context, language, category, text, assessment, state, sense, other_senses, sense_reason, examples, ' +
  'narration, etag, request_fingerprint, create_time, update_time';

export const toDefinition = (row: DefinitionRow): Definition => ({
  id: row.id,
  term: row.term,
  context: row.context,
  language: row.language,
  category: row.category,
  text: row.text,
  assessment: row.assessment ?? undefined,
  state: row.state,
  sense: row.sense ?? undefined,
  otherSenses: row.other_senses,
  senseReason: row.sense_reason,
  examples: row.examples,
  narration: row.narration,
  etag: row.etag,
  createTime: row.create_time,
  updateTime: row.update_time,
});

export const toRevision = (row: RevisionRow): Revision => ({
  number: row.number,
  text: row.text,
  assessment: row.assessment ?? undefined,
  note: row.note,
  createTime: row.create_time,
});

/** The driver writes arrays as PostgreSQL arrays, so JSON is written here. */
const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

/** Values of the columns that `content` fills, by column. */
export const contentColumns = (content: DefinitionContent): Record<string, unknown> => ({
  term: content.term,
  context: json(content.context),
  language: content.language,
  category: content.category,
  text: content.text,
  assessment: json(content.assessment),
  sense: json(content.sense),
  other_senses: json(content.otherSenses),
  sense_reason: content.senseReason,
  examples: json(content.examples),
  narration: content.narration,
});

/** One array a column, for `unnest`. */
export const revisionArrays = (revisions: readonly NewRevision[]): [string[], (string | null)[], string[]] => [
  revisions.map(({ text }) => text),
  revisions.map(({ assessment }) => json(assessment)),
  revisions.map(({ note }) => note),
];
