import { describe, expect, it } from '@jest/globals';
import { startScriptedOpenAi, type OpenAiBehaviour } from '@exempla/testing';
import { callFor, generatorFor, partsOf, REQUEST } from './calls.ts';

const OK = { type: 'say', text: 'A small fox.' } as const;
const ASKED = { ...REQUEST, temperature: 0.5, maxTokens: 50 };

type Refusals = Readonly<Record<string, readonly [status: number, message: string]>>;

/** Refuses a request that has one of these, in the words of its provider. */
const refusing = (refusals: Refusals): OpenAiBehaviour => ({
  type: 'choose',
  of: (body) => {
    const found = Object.keys(refusals).find((name) => name in body);
    if (found === undefined) return OK;
    const [status, message] = refusals[found]!;
    return { type: 'fail', status, message };
  },
});

const OPENAI: Refusals = {
  max_tokens: [
    400,
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
  ],
  temperature: [
    400,
    "Unsupported value: 'temperature' does not support 0.5 with this model. Only the default (1) value is supported.",
  ],
};
const ANTHROPIC: Refusals = { temperature: [400, '`temperature` is deprecated for this model.'] };
const MISTRAL: Refusals = {
  stream_options: [
    422,
    '{"detail":[{"type":"extra_forbidden","loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}]}',
  ],
};

describe('a model that does not take what it is asked with', () => {
  it.each([
    ['reasoning ones of OpenAI, also at Azure', OPENAI, 3, { max_completion_tokens: 50 }],
    ['newer ones of Anthropic', ANTHROPIC, 2, { max_tokens: 50 }],
    ['those of Mistral', MISTRAL, 2, { max_tokens: 50, temperature: 0.5 }],
  ] as const)('is asked otherwise, in the same attempt: %s', async (_, refusals, requests, kept) => {
    await using server = await startScriptedOpenAi(refusing(refusals));
    await using text = generatorFor(server, { retry: { rounds: 1, backoffMs: 1 } });
    const { end, error } = await partsOf(text.stream(ASKED, callFor(10_000)));
    expect([error, end]).toMatchObject([undefined, { reply: { text: 'A small fox.', attempts: 1 } }]);
    expect(server.requests).toHaveLength(requests);
    const { body } = server.requests.at(-1)!;
    expect(body).toMatchObject(kept);
    for (const name of Object.keys(refusals)) expect(body).not.toHaveProperty(name);
    // And so from then on.
    await text.generate(ASKED, callFor(10_000));
    expect(server.requests).toHaveLength(requests + 1);
  });

  it('is told from others at the same upstream', async () => {
    const of = refusing(ANTHROPIC);
    const choose = (body: Readonly<Record<string, unknown>>) =>
      body['model'] === 'small' && of.type === 'choose' ? of.of(body) : OK;
    await using server = await startScriptedOpenAi({ type: 'choose', of: choose });
    await using text = generatorFor(server, { models: ['small', 'large'] });
    for (const model of ['small', 'large']) await text.generate({ ...ASKED, models: [model] }, callFor(10_000));
    expect(server.requests.at(-1)!.body).toMatchObject({ model: 'large', temperature: 0.5 });
  });

  it.each([
    ['a value that is wrong', 400, 'temperature must be at most 1', 1],
    [
      'a text that is too long',
      400,
      'max_tokens is too large: 50. This model supports at most 40 completion tokens',
      1,
    ],
    ['something else', 400, "Unsupported parameter: 'messages' is not supported with this model.", 1],
    ['what it does not take however it is called', 400, 'max_tokens and max_completion_tokens are not supported', 2],
    ['a parameter, by who is not allowed', 403, 'temperature is not supported for your account', 1],
  ])('is not asked again and again for %s', async (_, status, message, requests) => {
    await using server = await startScriptedOpenAi({ type: 'fail', status, message });
    await using text = generatorFor(server, { retry: { rounds: 1, backoffMs: 1 } });
    await expect(text.generate(ASKED, callFor(10_000))).rejects.toMatchObject({ code: 9 });
    expect(server.requests).toHaveLength(requests);
  });
});
