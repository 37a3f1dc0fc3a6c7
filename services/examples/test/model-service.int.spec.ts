import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import { readImage } from '@exempla/contracts';
import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import { ExampleKind, ExampleSet_Status } from '@exempla/contracts/type/v1/example';
import { createClient, openChannel, Settings, startServer, status } from '@exempla/rpc';
import type { Channel, RpcClient, RunningServer } from '@exempla/rpc';
import { eventually, recordingLogger, startScriptedOpenAi, type ScriptedOpenAi } from '@exempla/testing';
import { readConfig } from '../src/config.ts';
import { ExamplesModule } from '../src/examples.module.ts';
import { errorTable } from '../src/grpc/error-codes.ts';
import { DUTCH, saying } from './model-texts.ts';

let upstream: ScriptedOpenAi;
let server: RunningServer;
let channel: Channel;
let client: RpcClient<typeof ExampleServiceDefinition>;

beforeAll(async () => {
  upstream = await startScriptedOpenAi(saying(DUTCH));
  const { logger } = recordingLogger('examples');
  const env = {
    EXEMPLA_EXAMPLES_PORT: '0',
    OPENAI_BASE_URL: upstream.baseUrl,
    OPENAI_MODELS: 'small,big',
    EXEMPLA_EXAMPLES_PROVIDERS: 'model',
    EXEMPLA_EXAMPLES_STORAGE_TARGET: 'off',
  };
  const config = await readConfig(new Settings('examples', env));
  server = await startServer({
    service: 'examples',
    host: config.host,
    port: config.port,
    module: ExamplesModule.register(config, logger),
    definitions: [ExampleServiceDefinition],
    image: await readImage(),
    errors: errorTable,
    logger,
    env: { EXEMPLA_DEV: '1' },
    drainNoticeMs: 0,
  });
  // With the retries that callers in the mesh make.
  channel = openChannel(`127.0.0.1:${server.port}`, [ExampleServiceDefinition]);
  client = createClient(ExampleServiceDefinition, channel);
});
afterAll(async () => {
  channel.close();
  await server.stop();
  await upstream[Symbol.asyncDispose]();
});

describe('the service with models only', () => {
  it('defines and streams examples in Dutch (S0-07)', async () => {
    const asked = { term: 'beschikking', language: 'nl' };
    const defined = await client.defineTerm(asked);
    expect(defined).toMatchObject({ provider: 'small', fallbackReason: '', sense: { lemma: 'beschikking' } });
    const parts = [];
    for await (const { part } of client.streamExamples({ request: { ...asked, definition: defined.text } }))
      parts.push(part);
    expect(parts[0]).toMatchObject({ $case: 'header', value: { provider: 'small' } });
    const sets = parts.slice(1).map((part) => (part?.$case === 'set' ? part.value : undefined));
    expect(sets.map((set) => set?.status)).toEqual(Array(6).fill(ExampleSet_Status.STATUS_OK));
    expect(sets.map((set) => [set?.provider, set?.fallbackReason])).toEqual(Array(6).fill(['small', '']));
  });

  it('says what it can do: each model, every language', async () => {
    const { providers } = await client.getCapabilities({});
    expect(providers.map(({ name, languages, origin }) => [name, languages, origin])).toEqual([
      ['small', ['*'], expect.stringContaining(new URL(upstream.baseUrl).host)],
      ['big', ['*'], expect.stringContaining('language model')],
    ]);
  });

  it('asks the model that is named, and nobody in place of one that is not there', async () => {
    const before = upstream.requests.length;
    expect(await client.defineTerm({ term: 'rivier', provider: 'big' })).toMatchObject({ provider: 'big' });
    expect(upstream.requests.slice(before).map(({ body }) => body['model'])).toEqual(['big']);
    await expect(client.defineTerm({ term: 'river', provider: 'lexical' })).rejects.toMatchObject({
      code: status.NOT_FOUND,
      reason: 'PROVIDER_UNKNOWN',
      metadata: { provider: 'lexical', providers: 'small, big' },
    });
  });

  it('what a model fails with is told as it is', async () => {
    upstream.next({ type: 'refuse', text: 'I will not.' });
    await expect(client.defineTerm({ term: 'iets' })).rejects.toMatchObject({
      code: status.FAILED_PRECONDITION,
      reason: 'TEXT_REFUSED',
      domain: 'text.exempla',
    });
    const { sets } = await client.generateExamples({ term: 'iets', kinds: [ExampleKind.EXAMPLE_KIND_SYNONYM] });
    expect(sets[0]).toMatchObject({ status: ExampleSet_Status.STATUS_ERROR, errorReason: 'TEXT_REFUSED' });
  });

  it('a caller that leaves closes its requests, unless another waits for the same', async () => {
    upstream.next({ type: 'silence' });
    const before = upstream.requests.length;
    const callers = [new AbortController(), new AbortController()];
    const calls = callers.map(({ signal }) =>
      client.generateExamples({ term: 'stilte' }, { signal, timeoutMs: 30_000 }),
    );
    const ended = Promise.allSettled(calls);
    await eventually(
      'both are served by six requests',
      () => server.inFlight() === 2 && upstream.requests.length === before + 6,
    );
    callers[0]?.abort(new Error('gone'));
    await eventually('the first is off the server', () => server.inFlight() === 1);
    const gone = upstream.requests.slice(before).map(({ left }) => left.promise);
    expect(await Promise.race([Promise.any(gone).then(() => 'closed'), Promise.resolve('open')])).toBe('open');
    callers[1]?.abort(new Error('gone too'));
    await Promise.all(gone);
    expect((await ended).map((one) => one.status)).toEqual(['rejected', 'rejected']);
    expect(upstream.requests).toHaveLength(before + 6);
  });

  it('what failed after all tries is not tried again by those who called', async () => {
    upstream.next({ type: 'fail', status: 503, message: 'no' });
    const before = upstream.requests.length;
    await expect(client.defineTerm({ term: 'storing', provider: 'big' })).rejects.toMatchObject({
      code: status.UNAVAILABLE,
      reason: 'TEXT_UPSTREAM_FAILED',
    });
    expect(upstream.requests).toHaveLength(before + 3);
  });
});
