// What packages/rpc and packages/telemetry promise, each taken away once: the spec that guards it has to go red.
//
// promise  what is lost
// file     where it is kept
// from, to the edit that takes it away
// spec     the test file that has to notice
// test     part of the title of the one test to run, where the others would take long to fail
// always   true where it is in every sample
// stays    'green' where what is taken away is kept a second time, and the spec must not notice

import { CONNECT_FAULTS } from './connect.mjs';
import { DOWNLOAD_FAULTS } from './downloads.mjs';
import { EVENT_RACE_FAULTS } from './event-races.mjs';
import { EVENT_FAULTS } from './events.mjs';
import { EVENTSOURCING_FAULTS } from './eventsourcing.mjs';
import { BUDGET_FAULTS } from './budgets.mjs';
import { OBJECT_FAULTS } from './objects.mjs';
import { PROVIDER_FAULTS } from './providers.mjs';
import { RECORD_FAULTS } from './records.mjs';
import { GATEWAY_FAULTS } from './gateway.mjs';
import { SOUND_FAULTS } from './sounds.mjs';
import { STORY_FAULTS } from './stories.mjs';
import { MODEL_EXAMPLE_FAULTS } from './model-examples.mjs';
import { MODEL_STORY_FAULTS } from './model-stories.mjs';
import { STORY_FAILURE_FAULTS } from './story-faults.mjs';
import { STORY_PAGE_FAULTS } from './story-page.mjs';
import { TENANCY_FAULTS } from './tenancy.mjs';
import { TEXT_FAULTS } from './text.mjs';
import { VOICE_FAULTS } from './voices.mjs';

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
const storage = (promise, spec, file, from, to, test) => ({
  promise,
  spec: `services/storage/test/${spec}`,
  file: `services/storage/src/${file}`,
  from,
  to,
  test,
});

export const PROPERTY_FAULTS = [
  ...CONNECT_FAULTS,
  ...EVENT_RACE_FAULTS,
  ...EVENT_FAULTS,
  ...EVENTSOURCING_FAULTS,
  ...BUDGET_FAULTS,
  ...OBJECT_FAULTS,
  ...RECORD_FAULTS,
  ...STORY_FAULTS,
  ...GATEWAY_FAULTS,
  ...STORY_PAGE_FAULTS,
  ...MODEL_STORY_FAULTS,
  ...STORY_FAILURE_FAULTS,
  rpc(
    'a call that is over leaves no timer',
    'faults/leaks.int.spec.ts',
    'server/served-call.ts',
    '    clearTimeout(this.#timer);\n    this.#parts.inFlight.delete(this);',
    '    this.#parts.inFlight.delete(this);',
  ),
  rpc(
    'a value that a rule cannot be worked out on is bad input',
    'validation.spec.ts',
    'validation.ts',
    "if (result.kind === 'error') return { refused: invalidRequest([UNCHECKABLE]) };",
    "if (result.kind === 'error') throw result.error;",
  ),
  rpc(
    'a pattern that could be gone back in is left to RE2',
    'pattern-matcher.spec.ts',
    'pattern-matcher.ts',
    'if (repetitions > 1 || at > end) return false;',
    'if (at > end) return false;',
  ),
  ...TENANCY_FAULTS,
  ...TEXT_FAULTS,
  ...VOICE_FAULTS,
  ...DOWNLOAD_FAULTS,
  ...SOUND_FAULTS,
  ...PROVIDER_FAULTS,
  ...MODEL_EXAMPLE_FAULTS,
  rpc(
    'of large messages one is on its way to a reader that stands still',
    'streams.int.spec.ts',
    'async-iteration.ts',
    'item.length >= LARGE_BYTES',
    'item.length < 0',
    'of a mebibyte',
  ),
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
    'else if (!sink.write(item)) await wait.until(drained(sink));',
    'else sink.write(item);',
    // The other tests would fill the memory.
    'the producer of messages of 64 KiB',
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
    'what a call leaves behind is held by nothing',
    'young-objects.int.spec.ts',
    'young-objects.ts',
    "stream.on('close', forget);",
    'void [stream, forget];',
  ),
  rpc(
    'a full server refuses',
    'admission.int.spec.ts',
    'server/admission.ts',
    'return inFlight >= this.#options.maxInFlight ||',
    'return inFlight < 0 ||',
  ),
  rpc(
    'a stop has a limit',
    'process/serve.int.spec.ts',
    'process-life.ts',
    'await Promise.race([stopping, limit]);',
    'limit.catch(() => {}), await stopping;',
    'does not answer',
  ),
  rpc(
    'watches have a limit',
    'watches.int.spec.ts',
    'server/admission.ts',
    'this.#options.watches() >= this.#options.maxWatches',
    'false',
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
    'for (const call of this.#inFlight.all()) call.drain();',
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
    'refuseSilentPipes(modules);',
    'void refuseSilentPipes;',
  ),
  rpc(
    'a guard for all is never passed by',
    'pipes.int.spec.ts',
    'server/plain-handlers.ts',
    'if (all.some(({ providers }) => [...providers.keys()].some(isGlobal))) return handlers;',
    'void [GLOBAL, isGlobal];',
  ),
  rpc(
    'a guard of a method is never passed by',
    'pipes.int.spec.ts',
    'server/plain-handlers.ts',
    '|| has(method, AROUND_A_METHOD) ||',
    '|| has(method, []) ||',
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
  storage(
    'a backup is of one moment',
    'backup.int.spec.ts',
    'adapters/backup/backup-frames.ts',
    'begin isolation level repeatable read read only',
    'begin isolation level read committed read only',
    'is of one moment',
  ),
  storage(
    'a backup is refused to who does not see every row',
    'backup.int.spec.ts',
    'adapters/backup/owner-session.ts',
    'set row_security = off;',
    '',
    'does not see every row',
  ),
  storage(
    'a backup keeps the bytes of its moment',
    'backup.int.spec.ts',
    'adapters/postgres-objects.ts',
    "if (!lock?.may) throw new Error('a backup reads the bytes of objects');",
    '',
    'keeps the bytes',
  ),
  storage(
    'a backup holds up nobody who appends',
    'backup.int.spec.ts',
    'adapters/bytes-removal.ts',
    'const LOCK_KEY = 7_319_002_521',
    'const LOCK_KEY = 7_319_002_512',
    'keeps the bytes',
  ),
  storage(
    'after a backup is restored, positions go on above',
    'backup.int.spec.ts',
    'adapters/backup/restore-archive.ts',
    'await setSequences(target.client, await reader.sequences<Sequence[]>());',
    'await reader.sequences<Sequence[]>();',
    'go on above',
  ),
  storage(
    'a backup that stops leaves no file',
    'backup.int.spec.ts',
    'adapters/backup/archive-writer.ts',
    'await rm(partial, { force: true });',
    '',
    'leaves none',
  ),
  storage(
    'a backup is refused when object bytes are damaged',
    'backup.int.spec.ts',
    'adapters/backup/backup-frames.ts',
    "hash.digest('hex') !== sha256",
    'false',
    'missing or damaged',
  ),
  storage(
    'a restored table that is not as in the backup is not kept',
    'restore.int.spec.ts',
    'adapters/backup/restore-archive.ts',
    'if (sum.rows === archived?.rows && sum.hex === archived.rowSum) return;',
    'if (sum.rows >= 0) return;',
    'keeps nothing',
  ),
  storage(
    'a backup is restored into an empty database only',
    'restore.int.spec.ts',
    'adapters/backup/restore-archive.ts',
    'await assertEmpty(target.client);',
    '',
    'not empty',
  ),
  storage(
    'a backup is not restored among the objects of another database',
    'restore.int.spec.ts',
    'adapters/backup/restore-archive.ts',
    'if (!target.keepBytes) await assertNoBytes(target.bytes);',
    '',
    'has objects',
  ),
  storage(
    'a backup that cannot be restored leaves no objects',
    'restore.int.spec.ts',
    'adapters/backup/restore-archive.ts',
    'await target.bytes.remove(sha256);',
    'void sha256;',
    'has objects',
  ),
  storage(
    'a backup that was changed is refused',
    'restore.int.spec.ts',
    'adapters/backup/archive-reader.ts',
    'if (footer.sha256 !==',
    'if (footer.sha256 === undefined && footer.sha256 !==',
    'letter was changed',
  ),
  storage(
    'the check reads the bytes of objects',
    'integrity.int.spec.ts',
    'adapters/integrity/check-bytes.ts',
    'if (found.sha256 !== sha256)',
    'if (found.sha256 === undefined)',
    'flipped bit',
  ),
  storage(
    'the check finds bytes without an object',
    'integrity.int.spec.ts',
    'adapters/integrity/check-bytes.ts',
    'if (rowCount === 0 &&',
    'if (rowCount === 2 &&',
    'without an object',
  ),
  storage(
    'the check takes no upload under way for an orphan',
    'integrity.int.spec.ts',
    'adapters/integrity/check-bytes.ts',
    ' union all select from storage.byte_suspicions where sha256 = $1',
    '',
    'under way',
  ),
  storage(
    'the check takes no deleted object for a lost one',
    'integrity.int.spec.ts',
    'adapters/integrity/check-bytes.ts',
    'if (problem && (await isStillNamed(job.client, row.sha256)))',
    'if (problem)',
    'deleted while',
  ),
  storage(
    'the check finds gaps',
    'integrity.int.spec.ts',
    'adapters/integrity/check-rows.ts',
    ' or max(${number}) <> count(${number})',
    '',
    'missing among',
  ),
];
