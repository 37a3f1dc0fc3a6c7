import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, startScriptedOpenAi, type OpenAiBehaviour, type ScriptedOpenAi } from '@exempla/testing';
import { startTestMesh, type TestMesh } from './test-mesh.ts';

const TEXT = 'besluit van een bestuursorgaan dat een aanvraag van een belanghebbende toewijst of afwijst';
const LINES = [1, 2, 3, 4, 5].map((i) => `beslissing nummer ${i} || omdat element ${i} hier ontbreekt`).join('\n');

/** Answers what it is asked for: three lines for a definition, five of examples. */
const speaking: OpenAiBehaviour = {
  type: 'choose',
  of: ({ messages }) => {
    const [{ content }] = messages as readonly [{ content: string }];
    const defines = content.includes('genus and difference');
    return { type: 'say', text: defines ? `part of speech: noun\nlemma: beschikking\ndefinition: ${TEXT}` : LINES };
  },
};
const failing: OpenAiBehaviour = { type: 'fail', status: 402, message: 'no credit' };
const refusing: OpenAiBehaviour = { type: 'fail', status: 401, message: 'no such key' };

interface Item {
  readonly source: string;
}
interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly id: string;
    readonly examples: readonly { status: string; provider: string; fallback_reason: string; items: readonly Item[] }[];
  };
}

describe('definitions by model, through the mesh', () => {
  let upstream: ScriptedOpenAi;
  let mesh: TestMesh;

  beforeAll(async () => {
    upstream = await startScriptedOpenAi(speaking);
    const models = { OPENAI_BASE_URL: upstream.baseUrl, OPENAI_MODELS: 'small', OPENAI_API_KEY: 'k-1' };
    mesh = await startTestMesh({ gateway: true, env: { ...process.env, ...models } });
  });
  afterAll(async () => {
    await mesh[Symbol.asyncDispose]();
    await upstream[Symbol.asyncDispose]();
  });

  async function ask(path: string, body?: object, signal?: AbortSignal): Promise<Answered> {
    const response = await fetch(`http://${mesh.addressOf('gateway')}/api/v1/definitions${path}`, {
      headers: { 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify({ allow_duplicate: true, ...body }) }),
      ...(signal && { signal }),
    });
    return { status: response.status, body: (await response.json()) as Answered['body'] };
  }
  const inDutch = { term: 'beschikking', language: 'nl', context: { juridical: ['bestuursrecht'] } };
  const outcomes = ({ body }: Answered) =>
    new Set(body.examples.map(({ provider, fallback_reason }) => `${provider} ${fallback_reason}`));

  it('a caller that leaves at the edge closes every socket at the upstream', async () => {
    upstream.next({ type: 'silence' });
    const caller = new AbortController();
    const call = ask('', inDutch, caller.signal);
    await eventually('definition and kinds are under way', () => upstream.requests.length === 7);
    caller.abort(new Error('no longer wanted'));
    await expect(call).rejects.toThrow('no longer wanted');
    await Promise.all(upstream.requests.map(({ left }) => left.promise));
    expect(upstream.requests).toHaveLength(7);
    expect(mesh.complaints()).toEqual([]);
  });

  it('in Dutch: text, six kinds and score, stored and read back equal; what nobody can read aloud is degraded (S0-07)', async () => {
    upstream.next(speaking);
    const { status, body } = await ask('', { ...inDutch, narrate: true });
    expect([status, body['text'], body['state']]).toEqual([200, TEXT, 'established']);
    expect(body).toMatchObject({
      provider: 'small',
      fallback_reason: '',
      assessment: { accepted: true, violations: [] },
    });
    expect(body.examples.map((set) => set.status)).toEqual(Array(6).fill('ok'));
    expect(new Set(body.examples.flatMap(({ items }) => items.map(({ source }) => source)))).toEqual(
      new Set(['small']),
    );
    expect(body['degraded']).toMatchObject([{ step: 'narration', reason: 'LANGUAGE_WITHOUT_VOICE' }]);
    const { body: stored } = await ask(`/${body.id}`);
    expect(stored.examples).toEqual(body.examples);
    expect(stored['text']).toBe(TEXT);
  });

  it('out of order: WordNet stands in, in English only, and the answer says so', async () => {
    upstream.next(failing);
    const english = await ask('', { term: 'river' });
    expect([english.status, english.body['provider']]).toEqual([200, 'lexical']);
    expect(english.body['fallback_reason']).toBe('TEXT_CREDIT_EXHAUSTED');
    expect([...outcomes(english)]).toEqual(['lexical TEXT_CREDIT_EXHAUSTED']);
    const dutch = await ask('', inDutch);
    expect([dutch.status, dutch.body['reason']]).toEqual([503, 'TEXT_CREDIT_EXHAUSTED']);
  });

  it('with a key that is refused: nobody stands in, so that it is seen', async () => {
    upstream.next(refusing);
    const { status, body } = await ask('', { term: 'river' });
    expect([status, body['reason']]).toEqual([400, 'TEXT_KEY_REFUSED']);
  });

  it('a provider by name, and one that is not there', async () => {
    const lexical = await ask('', { term: 'river', provider: 'lexical' });
    expect([lexical.status, lexical.body['provider'], [...outcomes(lexical)]]).toEqual([200, 'lexical', ['lexical ']]);
    const unknown = await ask('', { term: 'river', provider: 'huge' });
    expect(unknown).toMatchObject({ status: 404, body: { reason: 'PROVIDER_UNKNOWN' } });
    expect(unknown.body['detail']).toContain('small');
  });
});
