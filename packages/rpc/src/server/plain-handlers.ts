import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, type ModulesContainer } from '@nestjs/core';
import {
  EXCEPTION_FILTERS_METADATA,
  GUARDS_METADATA,
  INTERCEPTORS_METADATA,
  PIPES_METADATA,
} from '@nestjs/common/constants.js';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { PARAM_ARGS_METADATA } from '@nestjs/microservices/constants.js';
import { hasOwnFilters, isRpcHandler, patternOf, takesPipes } from '../rpc-method.ts';
import type { NestHandler } from './handlers.ts';
import { methodsOf } from './silent-pipes.ts';

type Controller = Record<string, NestHandler>;

const GLOBAL = [APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE];
const AROUND_A_CLASS = [EXCEPTION_FILTERS_METADATA, GUARDS_METADATA, INTERCEPTORS_METADATA, PIPES_METADATA];
const AROUND_A_METHOD = [GUARDS_METADATA, INTERCEPTORS_METADATA, PIPES_METADATA];

/**
 * Handlers that have nothing of Nest around them, by their pattern: no guard, interceptor, filter or pipe, of the method,
 * its controller or the application, and a controller that is there once. They are called as they are. Nest's chain would do
 * the same by way of five promises, a twentieth of what a small call costs.
 */
export function plainHandlers(modules: ModulesContainer): ReadonlyMap<string, NestHandler> {
  const all = [...modules.values()];
  const handlers = new Map<string, NestHandler>();
  if (all.some(({ providers }) => [...providers.keys()].some(isGlobal))) return handlers;
  for (const { controllers } of all) for (const wrapper of controllers.values()) addPlain(wrapper, handlers);
  return handlers;
}

const isGlobal = (token: unknown): boolean =>
  typeof token === 'string' && GLOBAL.some((name) => token.startsWith(name));

const has = (target: object, names: readonly string[]): boolean =>
  names.some((name) => Reflect.hasMetadata(name, target));

function addPlain(wrapper: InstanceWrapper, handlers: Map<string, NestHandler>): void {
  const { metatype } = wrapper;
  if (typeof metatype !== 'function' || !wrapper.isDependencyTreeStatic() || has(metatype, AROUND_A_CLASS)) return;
  const controller = wrapper.instance as Controller;
  for (const [name, method] of methodsOf(metatype.prototype as object)) {
    if (!isRpcHandler(method) || has(method, AROUND_A_METHOD) || hasOwnFilters(method)) continue;
    if (takesPipes(Reflect.getMetadata(PARAM_ARGS_METADATA, metatype, name))) continue;
    handlers.set(patternOf(method), (data, context) => controller[name]!(data, context));
  }
}
