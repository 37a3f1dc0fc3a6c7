import { createHash, randomUUID } from 'node:crypto';

/** What happened, or what is to happen: the part that domain code speaks of. */
export interface Fact<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/** The attributes of CloudEvents 1.0 around a fact, and ours: correlation, causation, tenant. */
export interface Envelope {
  /** Unique within its stream. */
  readonly id: string;
  /** Who says it, as a URI reference. */
  readonly source: string;
  /** What it is about, such as `orders/7`. */
  readonly subject: string;
  /** RFC 3339, UTC. */
  readonly time: string;
  /** The media type of the data, `datacontenttype` of CloudEvents. */
  readonly contentType: string;
  /** Which form the data has (`dataschema`), such as `OrderCreated/v2`; empty is the first. */
  readonly schema: string;
  /** The same for all that began with one command. */
  readonly correlationId: string;
  /** The id of the message that led to this one; empty when nothing did. */
  readonly causationId: string;
  readonly tenant: string;
}

/** Of a union of facts it makes the union of their events: `type` still tells them apart. */
export type Event<F extends Fact = Fact> = F & Envelope & { readonly kind: 'event' };
export type Command<F extends Fact = Fact> = F & Envelope & { readonly kind: 'command' };

/** What cannot be guessed, and what may be given. */
export type About = Pick<Envelope, 'source' | 'tenant'> & Partial<Envelope>;

/** A frozen event with a copy of the data. Its own id is the correlation id unless one is given. */
export function newEvent<F extends Fact>(fact: F, about: About): Event<F> {
  return envelop(fact, about, 'event') as Event<F>;
}

/** A frozen command with a copy of the data. Its own id is the correlation id unless one is given. */
export function newCommand<F extends Fact>(fact: F, about: About): Command<F> {
  return envelop(fact, about, 'command') as Command<F>;
}

function envelop(fact: Fact, about: About, kind: 'event' | 'command'): unknown {
  const id = about.id ?? randomUUID();
  const envelope: Envelope = {
    id,
    source: about.source,
    subject: about.subject ?? '',
    time: about.time ?? new Date().toISOString(),
    contentType: about.contentType ?? contentTypeOf(fact.data),
    schema: about.schema ?? '',
    correlationId: about.correlationId ?? id,
    causationId: about.causationId ?? '',
    tenant: about.tenant,
  };
  return Object.freeze({ kind, type: fact.type, data: frozenCopy(fact.data), ...envelope });
}

const contentTypeOf = (data: unknown): string =>
  data instanceof Uint8Array ? 'application/octet-stream' : 'application/json';

/** A deep copy in which nothing can be set: of plain objects, arrays and bytes, which cannot be frozen. */
export function frozenCopy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  return copyOf(value) as T;
}

function copyOf(value: object): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return Object.freeze(value.map((inner: unknown) => frozenCopy(inner)));
  if (Object.prototype.toString.call(value) !== '[object Object]') return structuredClone(value);
  return Object.freeze(
    Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, frozenCopy<unknown>(inner)])),
  );
}

/** Freezes plain objects and arrays all the way down. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}

/** The same id for the same names, in the form of a UUID: what is done again makes no second event. */
export function idOf(...names: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(names)).digest();
  // Version 8 of RFC 9562: the bits are ours.
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
