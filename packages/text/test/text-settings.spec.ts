import { describe, expect, it } from '@jest/globals';
import { Settings } from '@exempla/rpc';
import { readTextOptions } from '../src/index.ts';

const read = (env: Record<string, string>) => readTextOptions(new Settings('orchestrator', env));

describe('the settings of text', () => {
  it('are none without a key and a base URL: nothing reaches for the network', async () => {
    expect(await read({ OPENAI_MODELS: 'small', HTTP_TIMEOUT: '5' })).toBeUndefined();
  });

  it('name an upstream, its models with their prices, and its pool (S3-94, S3-95, S3-96)', async () => {
    const env = { OPENAI_API_KEY: 'sk-1', OPENAI_MODELS: 'small=0.15/0.60, vendor/large:free' };
    expect(await read(env)).toEqual({
      upstreams: [
        {
          name: 'api.openai.com',
          baseUrl: 'https://api.openai.com/v1',
          apiKey: 'sk-1',
          models: [
            { name: 'small', price: { inputMicros: 150_000, outputMicros: 600_000 } },
            { name: 'vendor/large:free' },
          ],
        },
      ],
      pool: { connections: 100, maxKeepalive: 20 },
      httpTimeoutMs: 60_000,
    });
    const pools = { HTTP_POOL_CONNECTIONS: '7', HTTP_POOL_MAX_KEEPALIVE: '3', HTTP_TIMEOUT: '1.5s' };
    expect(await read({ ...env, ...pools })).toMatchObject({
      pool: { connections: 7, maxKeepalive: 3 },
      httpTimeoutMs: 1_500,
    });
  });

  it.each([
    ['OPENAI_BASE_URL', { OPENAI_BASE_URL: 'https://user:pass@models.example/v1' }],
    ['OPENAI_GENERATION_INFO_URL', { OPENAI_GENERATION_INFO_URL: 'https://pass@models.example/books' }],
  ])('refuse a password in %s, which would be printed, and do not tell it', async (name, env) => {
    const reading = read({ OPENAI_API_KEY: 'sk-1', OPENAI_MODELS: 'small', ...env });
    await expect(reading).rejects.toThrow(`${name} carries a user or a password`);
    await expect(reading).rejects.not.toThrow(/pass@/);
  });

  it('refuse a price that no budget could count', async () => {
    const reading = read({ OPENAI_API_KEY: 'sk-1', OPENAI_MODELS: `small=${'9'.repeat(400)}/0` });
    await expect(reading).rejects.toThrow('OPENAI_MODELS');
  });

  it('need nothing but the key of OpenAI', async () => {
    const price = { inputMicros: 100_000, outputMicros: 500_000 };
    const models = [{ name: 'gpt-6-luna', price }];
    expect(await read({ OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: '', OPENAI_MODELS: ' ' })).toMatchObject({
      upstreams: [{ name: 'api.openai.com', models, extraBody: { reasoning_effort: 'none' } }],
    });
  });

  it('show which model is asked when none is named, and no key', async () => {
    const settings = new Settings('orchestrator', { OPENAI_API_KEY: 'sk-1' });
    await readTextOptions(settings);
    expect(settings.print()).toMatch(/^OPENAI_API_KEY=\[secret\]$/m);
    expect(settings.print()).toMatch(/^OPENAI_MODELS=gpt-6-luna=0\.10\/0\.50\nOPENAI_REASONING_EFFORT=none$/m);
  });

  it('say how much models reason, when they are told to', async () => {
    const env = { OPENAI_API_KEY: 'sk-1', OPENAI_MODELS: 'gpt-6-sol' };
    expect((await read(env))?.upstreams[0]).not.toHaveProperty('extraBody');
    expect(await read({ ...env, OPENAI_REASONING_EFFORT: 'low' })).toMatchObject({
      upstreams: [{ extraBody: { reasoning_effort: 'low' } }],
    });
  });

  it('say where OpenRouter keeps its books, or another upstream', async () => {
    const env = { OPENAI_API_KEY: 'sk-or-1', OPENAI_MODELS: 'vendor/model' };
    for (const OPENAI_BASE_URL of ['https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1/'])
      expect(await read({ ...env, OPENAI_BASE_URL })).toMatchObject({
        upstreams: [{ generationInfoUrl: 'https://openrouter.ai/api/v1/generation' }],
      });
    const named = { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', OPENAI_GENERATION_INFO_URL: 'http://127.0.0.1:2/books' };
    expect(await read({ ...env, ...named })).toMatchObject({
      upstreams: [{ generationInfoUrl: 'http://127.0.0.1:2/books' }],
    });
    expect((await read(env))?.upstreams[0]).not.toHaveProperty('generationInfoUrl');
  });

  it('need no key for a server of your own', async () => {
    const env = { OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1', OPENAI_MODELS: 'llama' };
    expect(await read(env)).toMatchObject({ upstreams: [{ name: '127.0.0.1:11434', apiKey: 'none' }] });
  });

  it.each([
    [{ OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' }, /OPENAI_MODELS is empty; .* at 127\.0\.0\.1:1/],
    [{ OPENAI_API_KEY: 'k', OPENAI_MODELS: 'small=cheap' }, /OPENAI_MODELS has "small=cheap"/],
    [{ OPENAI_BASE_URL: 'localhost:11434', OPENAI_MODELS: 'm' }, /OPENAI_BASE_URL is "localhost:11434"/],
    [{ OPENAI_BASE_URL: 'https://api.openai.com/v1', OPENAI_MODELS: 'm' }, /OPENAI_API_KEY is needed/],
    [{ OPENAI_API_KEY: 'k', OPENAI_MODELS: 'm', HTTP_POOL_CONNECTIONS: '0' }, /HTTP_POOL_CONNECTIONS is "0"/],
  ])('say what is wrong: %j', async (env, message) => {
    await expect(read(env as unknown as Record<string, string>)).rejects.toThrow(message);
  });
});
