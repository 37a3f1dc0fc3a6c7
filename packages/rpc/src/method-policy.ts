import { BinaryReader } from '@bufbuild/protobuf/wire';
import { Access as AccessOption, Deadline as DeadlineOption } from './gen/exempla/options/v1/options.ts';
import type { Duration } from './gen/google/protobuf/duration.ts';
import type { GenericMethod } from './generic-definition.ts';
import { accessOf, type Access } from './identity/access.ts';

/** How one method deals with time, and who may call it; read from its options `exempla.options.v1.deadline` and `access`. */
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
  /** Who may call it. */
  readonly access: Access;
}

/** A watch lasts this long unless its option says otherwise, and is then resumed. */
const WATCH_MS = 30 * 60_000;

export const DEFAULT_POLICY: MethodPolicy = {
  defaultMs: 10_000,
  maxMs: 120_000,
  reserveMs: 20,
  watch: false,
  allOrNothing: false,
  access: 'tenant',
};

/** Field 50101 of google.protobuf.MethodOptions, length-delimited: where ts-proto keeps an option it does not know. */
const DEADLINE_KEY = String((50101 << 3) | 2);
/** Field 50102, a varint. */
const ACCESS_KEY = String(50102 << 3);

/** A timer, with the tenth that chance may add, can run this long. */
export const LONGEST_MS = 1_900_000_000;

const toMs = (duration: Duration | undefined): number | undefined =>
  duration && Number(duration.seconds) * 1000 + duration.nanos / 1e6;

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
  const options = method.options?._unknownFields;
  const rawAccess = options?.[ACCESS_KEY]?.[0];
  const access = accessOf(rawAccess ? new BinaryReader(rawAccess).int32() : AccessOption.ACCESS_UNSPECIFIED);
  const raw = options?.[DEADLINE_KEY]?.[0];
  if (!raw) return { ...DEFAULT_POLICY, access };
  const option = DeadlineOption.decode(new BinaryReader(new BinaryReader(raw).bytes()));
  const times = timesOf(option);
  const wrong = whatIsWrong(times);
  if (wrong) throw new Error(`the deadline option of ${method.name}: ${wrong}`);
  return { ...times, watch: option.watch, allOrNothing: option.allOrNothing, access };
}

type Times = Pick<MethodPolicy, 'defaultMs' | 'maxMs' | 'reserveMs'>;

/** Of default and maximum the one that is given has its say about the one that is not. */
function timesOf(option: DeadlineOption): Times {
  const [asked, max] = [toMs(option.default), toMs(option.max)];
  const usual = option.watch ? { defaultMs: WATCH_MS, maxMs: WATCH_MS } : DEFAULT_POLICY;
  const defaultMs = asked ?? Math.min(usual.defaultMs, max ?? Infinity);
  const maxMs = max ?? (option.watch ? defaultMs : Math.max(usual.maxMs, defaultMs));
  return { defaultMs, maxMs, reserveMs: toMs(option.reserve) ?? DEFAULT_POLICY.reserveMs };
}

/** Why no call could be made by these times; undefined where one can. */
function whatIsWrong({ defaultMs, maxMs, reserveMs }: Times): string | undefined {
  if (!(defaultMs > 0)) return `a default of ${defaultMs} ms leaves no time`;
  if (defaultMs > maxMs) return `its default, ${defaultMs} ms, is longer than its maximum, ${maxMs}`;
  if (maxMs > LONGEST_MS) return `its maximum, ${maxMs} ms, is longer than a timer can wait, ${LONGEST_MS}`;
  return reserveMs >= 0 && reserveMs < maxMs ? undefined : `a reserve of ${reserveMs} ms of at most ${maxMs}`;
}
