// What a command loads before it does anything.

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
];
