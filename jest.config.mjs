import { availableParallelism } from 'node:os';

// Tests run from source: the condition `exempla:source` in each package's exports points at src/.
const common = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['exempla:source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  modulePathIgnorePatterns: ['/dist/'],
};
const roots = '<rootDir>/{packages,services,apps}/*/test/**/*';

export default {
  testTimeout: 30_000,
  // Many of the tests wait for processes of their own; on two cores one worker would leave a core idle.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // Modules of finished test files stay in a worker's heap, and its garbage collector gets slower with each.
  workerIdleMemoryLimit: '1GB',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: [`${roots}.spec.ts`],
      testPathIgnorePatterns: ['\\.int\\.spec\\.ts$', '\\.e2e\\.spec\\.ts$', '/dist/'],
    },
    { ...common, displayName: 'int', testMatch: [`${roots}.int.spec.ts`] },
    { ...common, displayName: 'e2e', testMatch: [`${roots}.e2e.spec.ts`] },
  ],
};
