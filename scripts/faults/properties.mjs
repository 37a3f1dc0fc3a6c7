// What packages/rpc and packages/telemetry promise, each taken away once: the spec that guards it has to go red.
//
// promise  what is lost
// file     where it is kept
// from, to the edit that takes it away
// spec     the test file that has to notice
// test     part of the title of the one test to run, where the others would take long to fail

const RPC = 'packages/rpc/src';
const TELEMETRY = 'packages/telemetry/src';
const rpc = (promise, spec, file, from, to, test) => ({
  promise,
  spec: `packages/rpc/test/${spec}`,
  file: `${RPC}/${file}`,
  from,
  to,
  test,
});
const telemetry = (promise, spec, file, from, to) => ({
  promise,
  spec: `packages/telemetry/test/${spec}`,
  file: `${TELEMETRY}/${file}`,
  from,
  to,
});

export const PROPERTY_FAULTS = [
  rpc(
    'a call without a deadline gets its default',
    'deadlines.int.spec.ts',
    'deadline.ts',
    'return Deadline.after(policy.defaultMs)',
    'return Deadline.after(policy.maxMs)',
  ),
  rpc(
    'a deadline is cut to the maximum',
    'deadlines.int.spec.ts',
    'deadline.ts',
    'return new Deadline(at).min(Deadline.after(policy.maxMs))',
    'return new Deadline(at)',
  ),
  rpc(
    'the reserve is kept back from inner calls',
    'deadlines.int.spec.ts',
    'client/call-plan.ts',
    'parent.deadline.minus(parent.reserveMs)',
    'parent.deadline',
  ),
  rpc(
    'inner calls end with the call they are made in',
    'cancellation.int.spec.ts',
    'client/call-plan.ts',
    '[parent?.signal, options.signal]',
    '[options.signal]',
  ),
  rpc(
    'a handler is told that its caller has gone',
    'cancellation.int.spec.ts',
    'server/served-call.ts',
    '    this.#end.abort(reason);\n',
    '',
  ),
  rpc(
    'a step ends with its budget',
    'budget.spec.ts',
    'call-context.ts',
    'setTimeout(() => ended.abort(budgetExceeded(ms)), ms)',
    'setTimeout(() => {}, ms)',
  ),
  rpc(
    'hopeless calls are refused at once',
    'all-or-nothing.int.spec.ts',
    'server/all-or-nothing.ts',
    'if (calls.refuses(remainingMs)) throw',
    'if (calls.refuses(-1)) throw',
  ),
  rpc(
    'requests are checked by their rules',
    'errors.int.spec.ts',
    'codec.ts',
    'const checked = check ? check(bytes) : { bytes };',
    'const checked = check && bytes.length < 0 ? check(bytes) : { bytes };',
  ),
  rpc(
    'nothing of an unknown error leaks',
    'errors.int.spec.ts',
    'error-mapper.ts',
    'return unexpected(table);\n}',
    "return fromStatusError(new StatusError(status.INTERNAL, 'INTERNAL', String(cause)), table);\n}",
  ),
  rpc(
    'an unknown error is logged',
    'errors.int.spec.ts',
    'server/served-call.ts',
    "if (unknown) this.#parts.logger.error(fields, 'unexpected error');",
    'if (unknown) return;',
  ),
  rpc(
    'a stream waits for its reader',
    'streams.int.spec.ts',
    'async-iteration.ts',
    'if (!sink.write(encode(next.value))) await wait.until(drained(sink));',
    'sink.write(encode(next.value));',
    // The other tests would fill the memory.
    'stands still stops the producer',
  ),
  rpc(
    'a reader that stands still costs no more than its time',
    'streams.int.spec.ts',
    'server/served-call.ts',
    'this.#surface.call?.stream?.close(constants.NGHTTP2_CANCEL);',
    'void constants;',
  ),
  rpc(
    'a cancelled upload does not look whole',
    'interop/uploads.int.spec.ts',
    'client/cancel-by-reset.ts',
    'if (code !== undefined && code !== constants.NGHTTP2_NO_ERROR) this.end = unended;',
    'void [code, constants, unended];',
  ),
  rpc(
    'a full server refuses',
    'admission.int.spec.ts',
    'server/admission.ts',
    'return inFlight >= this.#options.maxInFlight ||',
    'return inFlight < 0 ||',
  ),
  rpc(
    'who drains says so first',
    'health.int.spec.ts',
    'server/rpc-server.ts',
    '    this.#health.stopServing();\n',
    '',
  ),
  rpc(
    'a drain has a limit',
    'life-cycle.int.spec.ts',
    'server/rpc-server.ts',
    'for (const call of this.#inFlight) call.drain();',
    'void 0;',
  ),
  rpc(
    'a watch is resumed behind its last message',
    'resumed-watch.spec.ts',
    'client/resumed-watch.ts',
    'from = resume(request, message);',
    'void resume;',
  ),
  rpc(
    'only what may be repeated is retried',
    'service-config.int.spec.ts',
    'client/service-config.ts',
    '.filter(mayRepeat)',
    '.filter((one) => mayRepeat(one) || true)',
  ),
  rpc(
    'a method is for those its proto names',
    'access.spec.ts',
    'identity/access.ts',
    "if (access === 'public') return;",
    'if (access !== undefined) return;',
  ),
  rpc(
    'a token for somebody else is refused',
    'identity-refusals.int.spec.ts',
    'identity/bearer-tokens.ts',
    '      audience,\n      requiredClaims',
    '      requiredClaims',
  ),
  rpc(
    'a forged token of the mesh is refused',
    'identity-refusals.int.spec.ts',
    'identity/mesh-token.ts',
    'if (!this.#keys.some((key) => sameBytes(mac(key, signed), signature))) throw credentialInvalid();',
    'void [sameBytes, signature];',
  ),
  rpc(
    'tenants are not mistaken',
    'identity-tenants.int.spec.ts',
    'client/call-plan.ts',
    'const token = parent?.caller?.tokenUntil(parent.deadline.at);',
    'const token = undefined as string | undefined;',
  ),
  rpc(
    'every call is counted',
    'metrics.int.spec.ts',
    'server/served-call.ts',
    'this.#method.metrics.ended(code,',
    'if (code === status.OK) this.#method.metrics.ended(code,',
  ),
  rpc(
    'refused calls are counted',
    'metrics.int.spec.ts',
    'server/admission.ts',
    'metrics?.refused(answer.code);',
    'void metrics;',
  ),
  rpc(
    'a span ends with a stream that is left',
    'tracing.int.spec.ts',
    'client/client-call.ts',
    'this.#end(status.CANCELLED);',
    'void status.CANCELLED;',
  ),
  rpc(
    'what a caller does not sample is not sent',
    'tracing.int.spec.ts',
    '../../telemetry/src/traces/otlp.ts',
    'if (span.trace.sampled) processor',
    'if (span.trace.traceId) processor',
  ),
  rpc(
    'trailers go with an error',
    'metadata.int.spec.ts',
    'server/served-call.ts',
    'if (trailers) wire.metadata.merge(trailers);',
    'void trailers;',
  ),
  rpc(
    'pipes that would not run stop the service',
    'pipes.int.spec.ts',
    'serve.ts',
    'refuseSilentPipes(app.get(ModulesContainer));',
    'void [refuseSilentPipes, ModulesContainer];',
  ),
  telemetry(
    'a process that ends has written its log',
    'log-pages.int.spec.ts',
    'log-pages.ts',
    "process.on('exit', writeAll)",
    'void writeAll',
  ),
  telemetry(
    'what went wrong is logged whatever the share',
    'logger.spec.ts',
    'span-log.ts',
    "span.status === 'OK' && !inShare",
    '!inShare',
  ),
  telemetry(
    'what holds the loop is named',
    'loop-watch.int.spec.ts',
    'loop/loop-watch.worker.ts',
    'parentPort?.postMessage({ beat: last, frames: seen.frames }',
    'parentPort?.postMessage({ beat: last + 1, frames: seen.frames }',
  ),
];
