// Keys of providers, and the network without one.

const launch = (promise, spec, file, from, to, test) => ({
  promise,
  spec: `packages/launch/test/${spec}`,
  file: `packages/launch/src/${file}`,
  from,
  to,
  test,
});

export const PROVIDER_FAULTS = [
  launch(
    'keys of providers reach nobody who does not ask them',
    'base-environment.spec.ts',
    'mesh/environment.ts',
    'asks ? PROVIDERS[asks] : []',
    'ALL_PROVIDERS',
  ),
  {
    promise: 'a key that compose leaves empty is none',
    spec: 'packages/rpc/test/settings.spec.ts',
    file: 'packages/rpc/src/settings.ts',
    from: 'value && file && !(await isEmpty(file))',
    to: 'value && file',
  },
];
