// What packages/telemetry promises, each taken away once; the fields are those of properties.mjs.

const telemetry = (promise, spec, file, from, to) => ({
  promise,
  spec: `packages/telemetry/test/${spec}`,
  file: `packages/telemetry/src/${file}`,
  from,
  to,
});

export const TELEMETRY_FAULTS = [
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
