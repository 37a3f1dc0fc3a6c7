import { HttpException } from '@nestjs/common';
import { GrpcException, RpcException } from '@nestjs/microservices';
import { status } from '@grpc/grpc-js';
import { statusName } from '../metrics/status-name.ts';
import { RPC_DOMAIN, StatusError } from '../status-error.ts';

/** What Nest says for a guard that answers no; the exception has nothing else to be known by. */
const REFUSED_BY_GUARD = 'Forbidden resource';

/** HTTP statuses that tell a caller something; the others are faults of the service. */
const OF_HTTP = new Map<number, status>([
  [400, status.INVALID_ARGUMENT],
  [401, status.UNAUTHENTICATED],
  [403, status.PERMISSION_DENIED],
  [404, status.NOT_FOUND],
  [409, status.ALREADY_EXISTS],
  [412, status.FAILED_PRECONDITION],
  [422, status.INVALID_ARGUMENT],
  [429, status.RESOURCE_EXHAUSTED],
  [501, status.UNIMPLEMENTED],
  [503, status.UNAVAILABLE],
]);

class ToldByNest extends StatusError {
  constructor(code: status, message: string) {
    super(code, statusName(code), message);
  }
}

/**
 * What guards, pipes and handlers written for Nest throw, as what they mean here: the refusal of a guard, `GrpcException`,
 * `RpcException({ code, message })`, and HTTP exceptions, which pipes throw whatever the transport is. Their reason is the
 * name of the status. Anything else is handed back as it is.
 */
export function fromNest(error: unknown, method: string): unknown {
  try {
    return saidByNest(error, method);
  } catch {
    // What throws when it is looked at says nothing.
    return error;
  }
}

function saidByNest(error: unknown, method: string): unknown {
  if (error instanceof GrpcException) return statusError(error.getCode(), error.message, error);
  if (error instanceof HttpException) return statusError(OF_HTTP.get(error.getStatus()), messageOf(error), error);
  if (!(error instanceof RpcException)) return error;
  const told = error.getError();
  if (told === REFUSED_BY_GUARD) return refusedByGuard(method);
  const { code, status: alias } = Object(told) as { code?: unknown; status?: unknown };
  return statusError(code ?? alias, error.message, error);
}

function statusError(code: unknown, message: string, error: Error): Error {
  if (typeof code !== 'number' || code === status.OK || status[code] === undefined) return error;
  return new ToldByNest(code, message);
}

/** The pipe that validates says in a list what is wrong. */
function messageOf(error: HttpException): string {
  const { message } = Object(error.getResponse()) as { message?: unknown };
  return Array.isArray(message) ? message.join('; ') : error.message;
}

const refusedByGuard = (method: string): StatusError =>
  new StatusError(status.PERMISSION_DENIED, 'ACCESS_DENIED', `${method} is refused by a guard`, {
    domain: RPC_DOMAIN,
    metadata: { method, access: 'guard' },
  });
