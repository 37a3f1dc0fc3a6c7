import { describe, expect, it } from '@jest/globals';
import { startScriptedOpenAi } from '@exempla/testing';
import { OpenAiText, type Usage } from '../src/index.ts';
import { callFor, generatorFor, OBJECT_REQUEST, partsOf, REQUEST } from './calls.ts';

describe('a generator of text', () => {
  it('answers with text, model, usage and cost (S3-43)', async () => {
    await using server = await startScriptedOpenAi({ type: 'say', text: 'A small fox.' });
    await using text = generatorFor(server);
    const request = { ...REQUEST, temperature: 0.5, maxTokens: 50 };
    expect(await text.generate(request, callFor(5_000))).toEqual({
      text: 'A small fox.',
      model: 'small',
      finish: 'stop',
      receipt: { upstream: 'scripted', id: 'chatcmpl-scripted' },
      usage: { inputTokens: 1, outputTokens: 3, costMicros: 7, estimated: false },
      attempts: 1,
      waitedMs: expect.any(Number),
    });
    expect(server.requests[0]).toMatchObject({
      apiKey: 'k-1',
      body: { model: 'small', messages: REQUEST.messages, temperature: 0.5, max_tokens: 50, stream: false },
    });
  });

  it('streams text as it comes, and says at the end what it came to', async () => {
    await using server = await startScriptedOpenAi({ type: 'say', text: 'A small fox.' });
    await using text = generatorFor(server);
    expect(await partsOf(text.stream(REQUEST, callFor(5_000)))).toEqual({
      text: 'A small fox.',
      end: {
        type: 'end',
        reply: expect.objectContaining({
          text: 'A small fox.',
          usage: { inputTokens: 1, outputTokens: 3, costMicros: 7, estimated: false },
        }),
      },
      error: undefined,
    });
  });

  it.each([
    ['adds up', { prompt_tokens: 20, completion_tokens: 198, total_tokens: 218 }, 198],
    ['leaves thoughts to the sum', { prompt_tokens: 20, completion_tokens: 198, total_tokens: 623 }, 603],
    ['has no sum', { prompt_tokens: 20, completion_tokens: 198 }, 198],
    ['has a sum that is none', { prompt_tokens: 20, completion_tokens: 198, total_tokens: 7 }, 198],
  ])('counts all that is paid for, of a usage that %s', async (_, usage, outputTokens) => {
    const choices = [{ message: { content: 'A small fox.' }, finish_reason: 'stop' }];
    const page = { type: 'page', contentType: 'application/json', body: JSON.stringify({ choices, usage }) } as const;
    await using server = await startScriptedOpenAi(page);
    await using text = generatorFor(server);
    const reply = await text.generate(REQUEST, callFor(5_000));
    expect(reply.usage).toMatchObject({ inputTokens: 20, outputTokens, estimated: false });
  });

  it('estimates by bytes where an upstream does not say: a character of many scripts is a token', async () => {
    const choices = [{ message: { content: '狐'.repeat(40) }, finish_reason: 'stop' }];
    const page = { type: 'page', contentType: 'application/json', body: JSON.stringify({ choices }) } as const;
    await using server = await startScriptedOpenAi(page);
    await using text = generatorFor(server);
    const reply = await text.generate({ messages: [{ role: 'user', content: 'лиса' }] }, callFor(5_000));
    expect(reply.usage).toMatchObject({ inputTokens: 2, outputTokens: 30, estimated: true });
  });

  it('gives objects that fit their schema, from behind a fence too', async () => {
    await using server = await startScriptedOpenAi(
      { type: 'say', text: '{"animal": "fox"}' },
      { type: 'say', text: '```json\n{"animal": "owl"}\n```' },
    );
    await using text = generatorFor(server);
    const first = await text.generateObject<{ animal: string }>(OBJECT_REQUEST, callFor(5_000));
    const second = await text.generateObject<{ animal: string }>(OBJECT_REQUEST, callFor(5_000));
    expect([first.value, second.value]).toEqual([{ animal: 'fox' }, { animal: 'owl' }]);
    expect(server.requests[0]!.body['response_format']).toMatchObject({
      type: 'json_schema',
      json_schema: { name: 'animal', strict: true, schema: OBJECT_REQUEST.schema },
    });
  });

  it('sends along what only this upstream knows, and nothing of it in place of what was asked', async () => {
    await using server = await startScriptedOpenAi({ type: 'say', text: 'A small fox.' });
    const upstream = { name: 'u', baseUrl: server.baseUrl, apiKey: 'k', models: [{ name: 'small' }] };
    const extraBody = { provider: { require_parameters: true }, model: 'other' };
    await using text = new OpenAiText({ upstreams: [{ ...upstream, extraBody, tokenLimit: 'max_completion_tokens' }] });
    await text.generate({ ...REQUEST, maxTokens: 5 }, callFor(5_000));
    const { body } = server.requests[0]!;
    expect(body).toMatchObject({ model: 'small', provider: { require_parameters: true }, max_completion_tokens: 5 });
  });

  it('tells the meter of each answer that is paid for, those of no use too', async () => {
    await using server = await startScriptedOpenAi(
      { type: 'say', text: 'no object' },
      { type: 'say', text: '{"animal": "fox"}' },
      { type: 'break', text: 'A small fox.', afterWords: 2 },
    );
    await using text = generatorFor(server);
    const told: Usage[] = [];
    const call = callFor(5_000, { meter: (usage) => told.push(usage) });
    const { usage } = await text.generateObject(OBJECT_REQUEST, call);
    expect(usage).toEqual({ inputTokens: 2, outputTokens: 4, costMicros: 10, estimated: false });
    expect(told.map(({ costMicros }) => costMicros)).toEqual([5, 5]);
    await partsOf(text.stream(REQUEST, call));
    expect(told.at(-1)).toMatchObject({ outputTokens: 2, estimated: true });
  });
});
