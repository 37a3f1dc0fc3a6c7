/** What has happened to a record. Its stream has the name of the record. */
export interface RecordEvent {
  /** Such as `story.rated`. */
  readonly type: string;
  /** Name of the record: `stories/{story}`. */
  readonly record: string;
  /** Made of the etag of the version that it tells of: there is one event of it. */
  readonly id: string;
  /** JSON. */
  readonly data: Readonly<Record<string, string | number>>;
}

/** A unit of work that tells what it did. */
export interface Telling {
  /** Appended in the transaction, as the last thing in it: there is an event exactly when there is what it tells of. */
  readonly tell: (event: RecordEvent) => void;
}
