import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callFor, generatorFor, OBJECT_REQUEST, partsOf, REQUEST } from './calls.ts';

describe('an implementation of the OpenAI API that is not ours', () => {
  const upstream = new LLMock({ port: 0, host: '127.0.0.1' });
  beforeAll(async () => {
    upstream.on({ userMessage: /animal/, responseFormat: 'json_schema' }, { content: '{"animal":"fox"}' });
    upstream.onMessage(/busy/, { error: { message: 'slow down', type: 'rate_limit_error' }, status: 429 });
    upstream.onMessage(/fox/, { content: 'A small fox sat by the river.' });
    await upstream.start();
  });
  afterAll(() => upstream.stop());
  const baseUrl = (): { baseUrl: string } => ({ baseUrl: `${upstream.url}/v1` });
  const ask = (content: string) => ({ ...REQUEST, messages: [{ role: 'user', content }] as const });

  it('answers whole', async () => {
    await using text = generatorFor(baseUrl(), { models: ['gpt-4o-mini'] });
    const reply = await text.generate(REQUEST, callFor(5_000));
    expect(reply).toMatchObject({ text: 'A small fox sat by the river.', finish: 'stop', attempts: 1 });
    expect(reply.usage.outputTokens).toBeGreaterThan(0);
  });

  it('answers as a stream, usage at its end', async () => {
    await using text = generatorFor(baseUrl(), { models: ['gpt-4o-mini'] });
    const { text: all, end } = await partsOf(text.stream(REQUEST, callFor(5_000)));
    expect([all, end]).toMatchObject(['A small fox sat by the river.', { reply: { usage: { estimated: false } } }]);
  });

  it('answers with an object', async () => {
    await using text = generatorFor(baseUrl(), { models: ['gpt-4o-mini'] });
    const reply = await text.generateObject({ ...OBJECT_REQUEST, ...ask('an animal, please') }, callFor(5_000));
    expect(reply.value).toEqual({ animal: 'fox' });
  });

  it('refuses', async () => {
    await using text = generatorFor(baseUrl(), { models: ['gpt-4o-mini'], retry: { rounds: 1, backoffMs: 1 } });
    await expect(text.generate(ask('busy'), callFor(5_000))).rejects.toMatchObject({ reason: 'TEXT_RATE_LIMITED' });
  });
});
