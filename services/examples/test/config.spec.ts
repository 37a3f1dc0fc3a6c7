import { expect, it } from '@jest/globals';
import { Settings } from '@exempla/rpc';
import { readConfig } from '../src/config.ts';

const configOf = (env: NodeJS.ProcessEnv) => readConfig(new Settings('examples', env));

it('has a default for everything and cannot be changed', () => {
  const config = configOf({});
  expect(config).toEqual({ host: '127.0.0.1', port: 50052, wordnetFolder: '' });
  expect(Object.isFrozen(config)).toBe(true);
});

it('takes what the environment says; an empty variable is none', () => {
  const env = { EXEMPLA_EXAMPLES_HOST: '', EXEMPLA_EXAMPLES_PORT: '0', EXEMPLA_EXAMPLES_WORDNET: '/dict' };
  expect(configOf(env)).toEqual({ host: '127.0.0.1', port: 0, wordnetFolder: '/dict' });
});

it.each(['65536', 'http', '-1', '1.5'])('refuses the port %s by name', (port) => {
  expect(() => configOf({ EXEMPLA_EXAMPLES_PORT: port })).toThrow('EXEMPLA_EXAMPLES_PORT');
});
