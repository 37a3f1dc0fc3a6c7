import { Catch, UseFilters, type ExceptionFilter } from '@nestjs/common';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import { EXCEPTION_FILTERS_METADATA } from '@nestjs/common/constants.js';
import { PARAM_ARGS_METADATA, PATTERN_METADATA, TRANSPORT_METADATA } from '@nestjs/microservices/constants.js';
import { throwError, type Observable } from 'rxjs';
import type { CallContext } from './call-context.ts';
import {
  methodPath,
  type GenericMethod,
  type GenericService,
  type RequestOf,
  type ResponseOf,
} from './generic-definition.ts';

/** Binds handlers to our strategy and to no other transport of the application. */
export const RPC_TRANSPORT = Symbol('exempla-rpc');

/** Hands errors on untouched: Nest's own filter would replace them before the error mapper sees them. */
@Catch()
class RethrowFilter implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/** The handler a method of the proto calls for. */
export type RpcHandler<M extends GenericMethod> = (
  request: M['requestStream'] extends true ? AsyncIterable<RequestOf<M>> : RequestOf<M>,
  context: CallContext,
) => M['responseStream'] extends true ? AsyncIterable<ResponseOf<M>> : Promise<ResponseOf<M>>;

/**
 * Makes a controller method the handler of one RPC. The handler gets `(request, context)`; a client stream arrives as an
 * async iterable, a server stream is returned as one, typically by an async generator. Nest's pipes run where a parameter
 * is decorated (`@Payload()`), below this one.
 */
export function RpcMethod<S extends GenericService, K extends keyof S['methods'] & string>(service: S, name: K) {
  const method = service.methods[name];
  if (!method) throw new Error(`${service.fullName} has no method ${name}`);
  return <H extends RpcHandler<S['methods'][K]>>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<H>,
  ): void => {
    takeArguments(target, key);
    UseFilters(new RethrowFilter())(target, key, descriptor);
    MessagePattern(methodPath(service, method), RPC_TRANSPORT)(target, key, descriptor);
  };
}

/** By parameter type and index, `<type>:<index>`. */
type ParameterMetadata = Readonly<Record<string, { readonly index: number }>>;

/**
 * Without a decorated parameter Nest hands the arguments on as they are; with one it makes each by its decorator and its
 * pipes, so those that have none get the decorators that fit.
 */
function takeArguments(target: object, key: string): void {
  const decorated = Reflect.getMetadata(PARAM_ARGS_METADATA, target.constructor, key) as ParameterMetadata | undefined;
  if (!decorated) return Reflect.defineMetadata(PARAM_ARGS_METADATA, {}, target.constructor, key);
  const taken = new Set(Object.values(decorated).map(({ index }) => index));
  if (!taken.has(0)) Payload()(target, key, 0);
  if (!taken.has(1)) Ctx()(target, key, 1);
}

/** Whether the pipes of a handler with this metadata are run. */
export const takesPipes = (parameters: unknown): boolean => Object.keys(parameters ?? {}).length > 0;

/** Whether a method of a controller was bound by RpcMethod. */
export const isRpcHandler = (method: object): boolean =>
  Reflect.getMetadata(TRANSPORT_METADATA, method) === RPC_TRANSPORT;

/** The pattern a method was bound with: the path of its RPC. */
export const patternOf = (method: object): string =>
  (Reflect.getMetadata(PATTERN_METADATA, method) as [pattern: string])[0];

/** Whether a method has filters besides the one that RpcMethod gives it. */
export const hasOwnFilters = (method: object): boolean =>
  ((Reflect.getMetadata(EXCEPTION_FILTERS_METADATA, method) ?? []) as unknown[]).some(
    (filter) => !(filter instanceof RethrowFilter),
  );
