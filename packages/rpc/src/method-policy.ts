import { BinaryReader } from '@bufbuild/protobuf/wire';
import { Deadline as DeadlineOption } from './gen/exempla/options/v1/options.ts';
import type { Duration } from './gen/google/protobuf/duration.ts';
import type { GenericMethod } from './generic-definition.ts';

/** How one method deals with time; read from the method option `exempla.options.v1.deadline`. */
export interface MethodPolicy {
  /** Applied when the caller sends no deadline. */
  readonly defaultMs: number;
  /** A longer deadline is cut to this. */
  readonly maxMs: number;
  /** Kept back from every call a handler of this method makes. */
  readonly reserveMs: number;
  /** A long-lived stream whose end by deadline is no error. */
  readonly watch: boolean;
  /** Answers in full or not at all. */
  readonly allOrNothing: boolean;
}

/** A watch lasts this long when its option says nothing else, and starts anew then. */
const WATCH_MS = 30 * 60_000;

export const DEFAULT_POLICY: MethodPolicy = {
  defaultMs: 10_000,
  maxMs: 120_000,
  reserveMs: 20,
  watch: false,
  allOrNothing: false,
};

/** Field 50101 of google.protobuf.MethodOptions, length-delimited: where ts-proto keeps an option it does not know. */
const OPTION_KEY = String((50101 << 3) | 2);

const toMs = (duration: Duration | undefined, fallback: number): number =>
  duration ? Number(duration.seconds) * 1000 + duration.nanos / 1e6 : fallback;

const cache = new WeakMap<GenericMethod, MethodPolicy>();

/** The policy of a method: one source for server and client. */
export function methodPolicy(method: GenericMethod): MethodPolicy {
  let policy = cache.get(method);
  if (!policy) {
    policy = readPolicy(method);
    cache.set(method, policy);
  }
  return policy;
}

function readPolicy(method: GenericMethod): MethodPolicy {
  const raw = method.options?._unknownFields?.[OPTION_KEY]?.[0];
  if (!raw) return DEFAULT_POLICY;
  const option = DeadlineOption.decode(new BinaryReader(new BinaryReader(raw).bytes()));
  const defaultMs = toMs(option.default, option.watch ? WATCH_MS : DEFAULT_POLICY.defaultMs);
  return {
    defaultMs,
    maxMs: toMs(option.max, option.watch ? defaultMs : DEFAULT_POLICY.maxMs),
    reserveMs: toMs(option.reserve, DEFAULT_POLICY.reserveMs),
    watch: option.watch,
    allOrNothing: option.allOrNothing,
  };
}
