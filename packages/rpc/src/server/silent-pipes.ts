import { APP_PIPE, type ModulesContainer } from '@nestjs/core';
import { PIPES_METADATA } from '@nestjs/common/constants.js';
import { PARAM_ARGS_METADATA } from '@nestjs/microservices/constants.js';
import { takesPipes, isRpcHandler } from '../rpc-method.ts';

type Method = (...args: never[]) => unknown;

/**
 * Refuses pipes that nobody would run: a handler gets its request and its context as they are, unless one of its parameters
 * is decorated (`@Payload()`), because running no pipes is a tenth of what a small call costs. Whoever asks for a pipe and
 * decorates no parameter has to hear of it at the start, and not by what was let through. Throws naming the handler.
 */
export function refuseSilentPipes(modules: ModulesContainer): void {
  const all = [...modules.values()];
  const global = all.some(({ providers }) => [...providers.keys()].some(isGlobalPipe));
  for (const { controllers } of all)
    for (const { metatype } of controllers.values()) if (typeof metatype === 'function') refuseIn(metatype, global);
}

const isGlobalPipe = (token: unknown): boolean => typeof token === 'string' && token.startsWith(APP_PIPE);

function refuseIn(controller: { name: string; prototype: object }, global: boolean): void {
  const always = global || Reflect.hasMetadata(PIPES_METADATA, controller);
  for (const [name, value] of methodsOf(controller.prototype)) {
    if (!isRpcHandler(value)) continue;
    const piped = always || Reflect.hasMetadata(PIPES_METADATA, value);
    if (piped && !takesPipes(Reflect.getMetadata(PARAM_ARGS_METADATA, controller, name)))
      throw new Error(`${controller.name}.${name}: its pipes would not run; decorate the request with @Payload()`);
  }
}

/** Its methods and those it inherits, as they are called: the nearest of a name. */
export function methodsOf(prototype: object): Map<string, Method> {
  const methods = new Map<string, Method>();
  for (
    let at: object | null = prototype;
    at && at !== Object.prototype;
    at = Object.getPrototypeOf(at) as object | null
  )
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (typeof value === 'function' && !methods.has(name)) methods.set(name, value as Method);
  return methods;
}
