/** Who calls, and for how long the answer is still wanted. */
export interface Call {
  readonly tenant: string;
  readonly signal: AbortSignal;
  readonly deadline: { remainingMs(): number };
}

/** What every record has besides its content. */
export interface Stored {
  readonly id: string;
  readonly etag: string;
  readonly createTime: Date;
  readonly updateTime: Date;
}

export type RecordOf<C> = C & Stored;

export interface NewRecord<C> {
  readonly id: string;
  readonly etag: string;
  readonly content: C;
  readonly request: { readonly id: string; readonly fingerprint: string } | undefined;
}

export interface Problem {
  /** Path of the field in the record's message. */
  readonly field: string;
  readonly why: string;
}

export type NotFoundReason = `${'CHILD' | 'HERO' | 'STORY' | 'GENERATION'}_NOT_FOUND`;

/** What the use cases have to know of a kind of record. */
export interface RecordKind<C> {
  /** The first part of its names: `children` in `children/{child}`. */
  readonly collection: string;
  /** When it is not the collection and the id. */
  nameOf?(record: RecordOf<C>): string;
  /** The field of requests that holds one. */
  readonly message: string;
  readonly notFound: NotFoundReason;
  /** What an update mask may name, and the part of the content that it changes. */
  readonly changeable: Readonly<Record<string, keyof C>>;
  /** The first thing that the rules of the protos cannot see; undefined when all is well. */
  check(content: C): Problem | undefined;
}
