import { currentCall, type GenericService, type RpcClient } from '@exempla/rpc';

type AnyCall = (request: unknown, options?: { timeoutMs?: number }) => unknown;

/**
 * A client whose calls get all the time their request has: the request began with the default of its method, or with what
 * the caller asked for, which may be more.
 */
export function withWholeDeadline<S extends GenericService>(client: RpcClient<S>): RpcClient<S> {
  const wrapped = Object.entries(client as Record<string, AnyCall>).map(([name, call]): [string, AnyCall] => [
    name,
    (request, options) => {
      const timeoutMs = currentCall()?.deadline.remainingMs();
      return call(request, { ...(timeoutMs !== undefined && { timeoutMs }), ...options });
    },
  ]);
  return Object.fromEntries(wrapped) as RpcClient<S>;
}
