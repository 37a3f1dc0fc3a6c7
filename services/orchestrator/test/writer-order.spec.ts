import { describe, expect, it } from '@jest/globals';
import { Settings } from '@exempla/rpc';
import { readConfig } from '../src/config.ts';

const read = (env: Record<string, string>) => readConfig(new Settings('orchestrator', env));
const MODEL = { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', OPENAI_MODELS: 'small' };
const WRITERS = 'EXEMPLA_ORCHESTRATOR_WRITERS';

describe('who writes stories', () => {
  it.each([
    ['the grammar where no model is configured', {}, ['grammar']],
    ['a model first where one is', MODEL, ['model', 'grammar']],
    ['as it is told', { ...MODEL, [WRITERS]: ' grammar , model ' }, ['grammar', 'model']],
    ['no grammar where it is not named', { ...MODEL, [WRITERS]: 'model' }, ['model']],
  ])('is %s', async (_, env, writers) => {
    expect((await read(env)).writers).toEqual(writers);
  });

  it.each([
    ['nobody knows', { [WRITERS]: 'poet' }, 'EXEMPLA_ORCHESTRATOR_WRITERS has "poet"; choose from model, grammar'],
    ['is not configured', { [WRITERS]: 'model' }, 'has "model" and none is configured'],
  ])('is nobody who %s', async (_, env, message) => {
    await expect(read(env)).rejects.toThrow(message);
  });
});
