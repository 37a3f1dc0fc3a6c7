// How a fault is written down.
//
// name     what is wrong
// command  the check that must find it
// files    path → new text, or an edit of the old one
// file     the file the finding must name, at the line that holds `marker`
// says     the finding, on that same line
// line     instead of a marker where the finding has no line of its own
// allowed  the opposite: this is fine and must stay green

export const WALLS = ['scripts/check.mjs', '--only', 'walls'];
export const ASYNC = ['scripts/check.mjs', '--only', 'async'];
export const LINT = ['scripts/check.mjs', '--only', 'lint'];
export const GENERATED = ['scripts/check.mjs', '--only', 'generated'];
export const REASONS = ['scripts/check.mjs', '--only', 'reasons'];
export const FAULTS_QUOTED = ['scripts/check.mjs', '--only', 'faults'];
export const LINKS = ['scripts/check.mjs', '--only', 'links'];
export const MIGRATIONS = ['scripts/check.mjs', '--only', 'migrations'];
export const PROTO_LINT = ['scripts/check.mjs', '--only', 'proto-lint'];
export const PROTO_BREAKING = ['scripts/check.mjs', '--only', 'proto-breaking'];
export const VERIFY_ASYNC = ['scripts/verify-async.mjs', '--no-tests'];

export const ROOM = 'services/audio/src/speech/planted.ts';
export const DOOR = 'services/audio/src/grpc/planted.ts';
export const PAGE = 'services/gateway/page/planted.js';
export const WORLD = 'services/audio/src/adapters/planted.ts';

/** One new file with one bad line, after a good one so that line numbers mean something. */
export const newFile = (name, command, file, marker, says) => ({
  name,
  command,
  files: { [file]: `// Planted.\n${marker}\n` },
  file,
  marker,
  says,
});
export const edit = (name, command, file, change, marker, says) => ({
  name,
  command,
  files: { [file]: change },
  file,
  marker,
  says,
});
