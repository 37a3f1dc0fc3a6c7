/** Who asks, and for how long. */
export interface Call {
  readonly tenant: string;
  readonly signal: AbortSignal;
  readonly deadline: { remainingMs(): number };
}

/** What has happened: the attributes of a CloudEvent. Never changed. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly time: Date;
  readonly data: Uint8Array;
  readonly contentType: string;
  readonly schema: string;
  readonly correlationId: string;
  readonly causationId: string;
}

export interface RecordedEvent extends NewEvent {
  readonly tenant: string;
  readonly stream: string;
  /** From 1, without a gap. */
  readonly revision: bigint;
  /** In the order of commits, over all tenants. It does not leave the service as a number. */
  readonly position: bigint;
  readonly appendTime: Date;
}

/** What must be so of a stream, or nothing is appended. */
export type Expected =
  { readonly type: 'revision'; readonly revision: bigint } | { readonly type: 'any' } | { readonly type: 'exists' };

/** Events for one stream, appended all or none. */
export interface Append {
  readonly tenant: string;
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly NewEvent[];
}

export interface Appended {
  /** `repeated`: the stream had these events at this place already. */
  readonly type: 'appended' | 'repeated';
  readonly firstRevision: bigint;
  readonly lastRevision: bigint;
  readonly position: bigint;
}

export type AppendOutcome =
  | Appended
  /** `actual` is the stream's revision, 0 when it has no events. */
  | { readonly type: 'conflict'; readonly actual: bigint }
  /** Some of the ids are in the stream, or one is given twice. */
  | { readonly type: 'reused' };

/** Those that fit all that is said. */
export interface EventFilter {
  /** Empty: any. */
  readonly types: readonly string[];
  /** Empty: any. */
  readonly streamPrefix: string;
}

export const fits = (filter: EventFilter, event: RecordedEvent): boolean =>
  (filter.types.length === 0 || filter.types.includes(event.type)) && event.stream.startsWith(filter.streamPrefix);

export type Direction = 'forwards' | 'backwards';
