import { pathToFileURL } from 'node:url';
import type { Frame } from './heartbeat.ts';

const MAX_FRAMES = 10;
/** Those of the question itself. */
const OWN_FRAMES = 2;

/**
 * Evaluated in the main thread, on top of whatever runs there: when that was (on the clock of `process.hrtime`, which all
 * threads share) and the stack. Unlike a pause of the debugger it needs no look at every loaded script, and no second step.
 */
export const WHERE_ARE_YOU = `(() => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = ${MAX_FRAMES + OWN_FRAMES};
  const { stack } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return [process.hrtime(), stack];
})()`;

/** `at name (url:line:column)`, `at url:line:column`, and `at name (<anonymous>)` for what is part of the language. */
const FRAME = /^ +at (?:(.*?) \()?(.*?)(?::(\d+):(\d+))?\)?$/;

/** The frames of a stack as V8 writes it, innermost first, without those of the question. */
export function framesOf(stack: string): Frame[] {
  const lines = stack.split('\n').filter((line) => /^ +at /.test(line));
  return lines.slice(OWN_FRAMES).map((line) => {
    const [, name = '', place = '', at, column] = FRAME.exec(line) ?? [];
    if (at === undefined) return { name, url: '', line: 0, column: 0 };
    // CommonJS modules go by their path.
    const url = place.startsWith('/') ? pathToFileURL(place).href : place;
    return { name, url: url === '<anonymous>' ? '' : url, line: Number(at), column: Number(column) };
  });
}
