import { fromBinary, type Registry } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import {
  detailsIn,
  mapError,
  RemoteError,
  status,
  StatusError,
  type ErrorTable,
  type ReadonlyMetadata,
} from '@exempla/rpc';

/** The gateway's own errors know their status. */
const OWN: ErrorTable = { domain: 'gateway.exempla', codes: {} };
/** Their messages may name what is inside. */
const INSIDE = new Set([status.INTERNAL, status.UNKNOWN, status.DATA_LOSS]);

/** Where an error arose. */
export interface ErrorPlace {
  /** Why the call ended early, if it did. */
  abortedBy?: unknown;
  /** What came behind the answer of the service. */
  trailers?: ReadonlyMetadata | undefined;
  /** Knows the types of details. */
  registry: Registry;
}

/**
 * What a caller is told of an error; `unknown` ones are for the log. A status that a service of ours gave, with its
 * details, is handed on as it is. What the transport says of itself may name addresses, so it is said in other words.
 */
export function toConnectError(error: unknown, place: ErrorPlace): { error: ConnectError; unknown: boolean } {
  const cause = place.abortedBy ?? error;
  if (cause instanceof ConnectError) return { error: blamingCaller(cause), unknown: false };
  if (cause instanceof RemoteError && cause.reason !== '' && !INSIDE.has(cause.code))
    return { error: connectError(cause.code, cause.message, place.trailers, place.registry), unknown: false };
  const { wire, unknown } = mapError(notServed(cause) ?? cause, OWN);
  return { error: connectError(wire.code, wire.details, wire.metadata, place.registry), unknown };
}

/** Connect reads messages, and says `internal` of one that it cannot read: it is the caller's. */
export function blamingCaller(error: ConnectError): ConnectError {
  return error.code === Code.Internal ? Object.assign(error, { code: Code.InvalidArgument }) : error;
}

/** A service that is older than the gateway. */
const notServed = (cause: unknown): StatusError | undefined =>
  cause instanceof RemoteError && cause.code === status.UNIMPLEMENTED
    ? new StatusError(status.UNIMPLEMENTED, 'METHOD_NOT_SERVED', `${cause.method} is not served yet`)
    : undefined;

function connectError(
  code: status,
  message: string,
  trailers: ReadonlyMetadata | undefined,
  registry: Registry,
): ConnectError {
  const error = new ConnectError(message, code as number as Code);
  error.details = detailsIn(trailers).map(({ typeUrl, value }) => {
    const type = typeUrl.slice(typeUrl.lastIndexOf('/') + 1);
    const desc = registry.getMessage(type);
    // What is known is shown as JSON beside its bytes.
    return desc ? { desc, value: fromBinary(desc, value) } : { type, value };
  });
  return error;
}
