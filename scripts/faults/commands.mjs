// What commands promise: what they load before they do anything, what they say, what they keep running.

const SPEC = 'apps/cli/test/loading.int.spec.ts';
const loads = (promise, test, file, from, to) => ({ promise, spec: SPEC, test, file, from, to });

export const COMMAND_FAULTS = [
  loads(
    'a command that calls loads nothing that serves',
    'voices: a client',
    'apps/cli/src/commands/peers.ts',
    "from '@exempla/rpc/client'",
    "from '@exempla/rpc'",
  ),
  loads(
    'a command that calls writes no log, and loads none',
    'voices: a client',
    'packages/telemetry/src/signals.ts',
    "export { preciseNow } from './precise-now.ts';",
    "export { preciseNow } from './precise-now.ts';\nexport { createLogger } from './logger.ts';",
  ),
  loads(
    'a client does not load the rules of requests',
    'voices: a client',
    'packages/rpc/src/client/client.ts',
    "import { pump } from '../async-iteration.ts';",
    "import { pump } from '../async-iteration.ts';\nimport '../validation.ts';",
  ),
  loads(
    'help loads nothing that calls',
    '^what a command loads --help',
    'apps/cli/src/commands/doctor.ts',
    "import type { Choose } from './invocation.ts';",
    "import type { Choose } from './invocation.ts';\nimport '../doctor/examine.ts';",
  ),
  {
    promise: 'up starts its database again when that ends by itself',
    spec: 'packages/launch/test/keep-postgres.int.spec.ts',
    file: 'packages/launch/src/postgres/keep-postgres.ts',
    from: 'if (!ending) return;',
    to: 'return;',
    test: 'again on its port',
  },
  {
    promise: 'a database that is stopped is not started again',
    spec: 'packages/launch/test/keep-postgres.int.spec.ts',
    file: 'packages/launch/src/postgres/keep-postgres.ts',
    from: 'this.#over.abort();',
    to: '',
    test: 'is stopped while it waits',
  },
  {
    promise: 'the same warning is not shown for every call',
    spec: 'apps/cli/test/notice.spec.ts',
    file: 'apps/cli/src/mesh/notice.ts',
    from: 'now() - last < REPEAT_MS',
    to: 'false',
  },
  {
    promise: 'a sound that cannot be written says so in words',
    spec: 'apps/cli/test/not-writable.int.spec.ts',
    file: 'apps/cli/src/speech/save-sound.ts',
    from: '.catch((error: unknown) => refuse(path, error));\n    bytes',
    to: ';\n    bytes',
    test: 'breaks off',
  },
  {
    promise: 'a device that a sound goes to is not replaced by a file',
    spec: 'apps/cli/test/save-sound.int.spec.ts',
    file: 'apps/cli/src/speech/save-sound.ts',
    from: 'there.isFile() ? realpath(file) : undefined',
    to: 'realpath(file)',
    test: 'into what is no file',
  },
  {
    promise: 'a story is told of also when its sound cannot be saved',
    spec: 'apps/cli/test/narration.spec.ts',
    file: 'apps/cli/src/commands/narration.ts',
    from: '  } finally {\n    tell(saved);\n  }',
    to: '  } catch (error) {\n    throw error;\n  }\n  tell(saved);',
  },
  {
    promise: 'an attempt at a provider takes a time that there is',
    spec: 'packages/rpc/test/settings.spec.ts',
    file: 'packages/rpc/src/settings.ts',
    from: 'value >= from && value <= to',
    to: 'value >= 0',
  },
  {
    promise: 'a verb is shown by whole sentences',
    spec: 'services/examples/test/golden.int.spec.ts',
    file: 'services/examples/src/lexicon/practical.ts',
    from: '!breaksOff(means) && ',
    to: '',
  },
  {
    promise: 'what a term is said to be is no counter-example',
    spec: 'services/examples/test/golden.int.spec.ts',
    file: 'services/examples/src/lexicon/neighbours.ts',
    from: '!(genus !== undefined && one.words.includes(genus)) &&',
    to: '',
  },
];
