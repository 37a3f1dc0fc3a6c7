// What the edge promises, each taken away once; the fields are those of properties.mjs.

const edge = (promise, spec, file, from, to) => ({
  promise: `gateway: ${promise}`,
  spec: `services/gateway/test/${spec}`,
  file: `services/gateway/src/${file}`,
  from,
  to,
});

/** What a source may be ahead of a reader who stands still, without the promise: more than its test allows. */
const MUCH = '256 << 20';

export const GATEWAY_FAULTS = [
  edge(
    'who leaves ends the work behind',
    'streams.int.spec.ts',
    'http/edge-calls.ts',
    'if (!reply.raw.writableFinished) call.abort(callerCancelled());',
    '',
  ),
  edge(
    'events wait for who reads them',
    'streams.int.spec.ts',
    'http/event-stream.ts',
    'highWaterMark: BUFFER_BYTES',
    `highWaterMark: ${MUCH}`,
  ),
  edge(
    'sound waits for who hears it',
    'streams.int.spec.ts',
    'rest/audio.ts',
    'objectMode: false,',
    `objectMode: false, highWaterMark: ${MUCH},`,
  ),
  edge(
    'of what is inside a caller hears nothing',
    'problems.spec.ts',
    'http/read-error.ts',
    'if (INSIDE.has(code)) return INTERNAL;',
    '',
  ),
  edge(
    'no address of a peer is told',
    'problems.spec.ts',
    'http/read-error.ts',
    'if (error.reason) return known(',
    'if (code) return known(',
  ),
  edge(
    'nobody without a credential',
    'credentials.int.spec.ts',
    'http/authentication.ts',
    'if (!caller) throw',
    'if (caller === null) throw',
  ),
  edge(
    'a credential is never passed over',
    'credentials.int.spec.ts',
    'http/authentication.ts',
    "typeof key === 'string' && authorization === undefined",
    "typeof key === 'string'",
  ),
  edge(
    'each credential has its limit',
    'edge.spec.ts',
    'http/rate-limit.ts',
    'if (perMinute === 0) return;',
    'if (perMinute >= 0) return;',
  ),
  edge(
    'browsers load nothing by default',
    'edge.spec.ts',
    'http/browser-safety.ts',
    `'default-src': ["'none'"]`,
    `'default-src': ['*']`,
  ),
  edge(
    'no other origin than those named',
    'edge.spec.ts',
    'http/browser-safety.ts',
    'origin: [...origins]',
    'origin: true',
  ),
  edge(
    'a call has all the time of its request',
    'edge.spec.ts',
    'http/whole-deadline.ts',
    '...(timeoutMs !== undefined && { timeoutMs }), ',
    '',
  ),
  edge(
    'a refused deadline is logged as any other request',
    'edge.spec.ts',
    'http/app.ts',
    'refuseUnreadableDeadlines(app);',
    '',
  ),
  edge(
    'a field that nobody knows is refused',
    'field-errors.spec.ts',
    'rest/schemas/parts.ts',
    'additionalProperties: false',
    'additionalProperties: true',
  ),
  edge(
    'failures are described',
    'openapi.spec.ts',
    'http/openapi.ts',
    "answers['4XX'] = problem('The request is at fault');",
    '',
  ),
  edge('it says that it goes away', 'edge.spec.ts', 'http/health.ts', 'this.#ready = false;', ''),
  {
    promise: 'gateway: nobody gets more time than the method has',
    spec: 'services/gateway/test/edge.spec.ts',
    file: 'packages/rpc/src/edge-call.ts',
    from: 'Date.now() + timeoutMs, policy)',
    to: 'Date.now() + timeoutMs, { ...policy, maxMs: 1e8 })',
  },
];
