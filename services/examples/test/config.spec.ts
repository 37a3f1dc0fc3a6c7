import { expect, it } from '@jest/globals';
import { Settings } from '@exempla/rpc';
import { readConfig } from '../src/config.ts';

const configOf = (env: NodeJS.ProcessEnv) => readConfig(new Settings('examples', env));

it('has a default for everything and cannot be changed', async () => {
  const config = await configOf({});
  expect(config).toEqual({
    host: '127.0.0.1',
    port: 50052,
    wordnetFolder: '',
    storageTarget: '127.0.0.1:50054',
    providers: ['lexical'],
    text: undefined,
  });
  expect(Object.isFrozen(config)).toBe(true);
});

it('takes what the environment says; an empty variable is none', async () => {
  const env = { EXEMPLA_EXAMPLES_HOST: '', EXEMPLA_EXAMPLES_PORT: '0', EXEMPLA_EXAMPLES_WORDNET: '/dict' };
  expect(await configOf(env)).toMatchObject({ host: '127.0.0.1', port: 0, wordnetFolder: '/dict' });
});

it.each(['65536', 'http', '-1', '1.5'])('refuses the port %s by name', async (port) => {
  await expect(configOf({ EXEMPLA_EXAMPLES_PORT: port })).rejects.toThrow('EXEMPLA_EXAMPLES_PORT');
});

const MODELS = { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', OPENAI_MODELS: 'small,big' };

it.each([
  [{}, ['lexical']],
  [MODELS, ['model', 'lexical']],
  [{ ...MODELS, EXEMPLA_EXAMPLES_PROVIDERS: 'lexical, big' }, ['lexical', 'big']],
  [{ ...MODELS, EXEMPLA_EXAMPLES_PROVIDERS: 'big,big' }, ['big']],
])('%j asks %j in this order', async (env, order) => {
  expect((await configOf(env)).providers).toEqual(order);
});

it.each([
  [{ EXEMPLA_EXAMPLES_PROVIDERS: 'model' }, 'has "model"; choose from lexical; for a model set OPENAI_API_KEY'],
  [{ ...MODELS, EXEMPLA_EXAMPLES_PROVIDERS: 'huge' }, 'has "huge"; choose from lexical, model, small, big'],
])('%j is refused by name, with what there is', async (env, message) => {
  await expect(configOf(env)).rejects.toThrow(`EXEMPLA_EXAMPLES_PROVIDERS ${message}`);
});
