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
    'OF_PROVIDERS.test(name) && !(asks && OF[asks].test(name))',
    'false',
  ),
  ...[
    ['connections', 'if (path || isHere(host)) return connect', 'return connect'],
    ['lookups of names', 'if (isHere(host)) return look.call', 'return look.call'],
    ['datagrams', 'if (isHere(to)) return act.apply', 'return act.apply'],
    ['those of other processes', '`NODE_OPTIONS=${all}`,', ''],
  ].map(([what, from, to]) => ({
    promise: `without a network ${what} are refused and seen`,
    spec: 'packages/testing/test/no-network.int.spec.ts',
    file: 'packages/testing/preload/no-network.mjs',
    from,
    to,
  })),
  ...[
    [
      'the doctor shows nothing of a base URL but where it is',
      'models.ts',
      "`${origin}${pathname.replace(/\\/+$/, '')}`",
      'text',
    ],
    [
      'the doctor takes no page for a list of models',
      'models.ts',
      'status !== 200 || !Array.isArray(data)',
      'status !== 200',
    ],
    [
      'the doctor finds the base URL that was meant',
      'models.ts',
      'isAnswered(probe) && (listedIn(probe)',
      'isAnswered(probe) && (false',
    ],
    ['the doctor tells a spent credit from haste', 'refusals.ts', "=== 'insufficient_quota'", "=== 'x'"],
  ].map(([promise, file, from, to]) => ({
    promise,
    spec: 'apps/cli/test/doctor-text.int.spec.ts',
    file: `apps/cli/src/doctor/providers/${file}`,
    from,
    to,
  })),
  {
    promise: 'a key that compose leaves empty is none',
    spec: 'packages/rpc/test/settings.spec.ts',
    file: 'packages/rpc/src/settings.ts',
    from: 'value && file && !(await isEmpty(file))',
    to: 'value && file',
  },
];
