import { expect, it } from '@jest/globals';
import { Settings } from '@exempla/rpc';
import { readConfig } from '../src/config.ts';

const configOf = (env: NodeJS.ProcessEnv) => readConfig(new Settings('gateway', env));
const HOPS = 'EXEMPLA_GATEWAY_TRUSTED_HOPS';
const FAILURES = 'EXEMPLA_GATEWAY_FAILED_CREDENTIALS_PER_MINUTE';

it('by default a hundred credentials of an address may fail in a minute, and nobody else is asked for it', () => {
  expect(configOf({})).toMatchObject({ trustedHops: 0, limits: { failedCredentialsPerMinute: 100 } });
});

it.each([
  [HOPS, '-1'],
  [HOPS, '11'],
  [HOPS, 'all'],
  [FAILURES, '-1'],
  [FAILURES, '1.5'],
])('refuses %s=%s by name', (name, value) => {
  expect(() => configOf({ [name]: value })).toThrow(`${name} is "${value}"`);
});

it('in production it says how many proxies are in front, or that failures are not limited', () => {
  const NODE_ENV = 'production';
  expect(() => configOf({ NODE_ENV })).toThrow(`${HOPS} is not set`);
  expect(configOf({ NODE_ENV, [HOPS]: '1' }).trustedHops).toBe(1);
  expect(configOf({ NODE_ENV, [HOPS]: '0' }).trustedHops).toBe(0);
  expect(configOf({ NODE_ENV, [FAILURES]: '0' }).limits.failedCredentialsPerMinute).toBe(0);
});
