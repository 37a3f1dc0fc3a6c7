import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import { readImage } from '@exempla/contracts';
import type { GenerateExamplesRequest } from '@exempla/contracts/examples/v1/example_service';
import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import { ExampleKind, ExampleSet_Status, Relation } from '@exempla/contracts/type/v1/example';
import type { Channel, RemoteError, RpcClient, RunningServer } from '@exempla/rpc';
import { createClient, openChannel, Settings, startServer, status } from '@exempla/rpc';
import { eventually, recordingLogger } from '@exempla/testing';
import { readConfig } from '../src/config.ts';
import { ExamplesModule } from '../src/examples.module.ts';
import { errorTable } from '../src/grpc/error-codes.ts';

let server: RunningServer;
let channel: Channel;
let client: RpcClient<typeof ExampleServiceDefinition>;

beforeAll(async () => {
  const { logger } = recordingLogger('examples');
  const config = await readConfig(new Settings('examples', { EXEMPLA_EXAMPLES_PORT: '0' }));
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
  channel = openChannel(`127.0.0.1:${server.port}`);
  client = createClient(ExampleServiceDefinition, channel);
});
afterAll(async () => {
  channel.close();
  await server.stop();
});

const failure = async (work: Promise<unknown>): Promise<Pick<RemoteError, 'code' | 'reason' | 'metadata'>> => {
  const error = (await work.then(
    () => ({ code: status.OK }),
    (thrown: unknown) => thrown,
  )) as RemoteError;
  return { code: error.code, reason: error.reason, metadata: error.metadata };
};

describe('the service', () => {
  it('defines a term and says which sense, why, and which others', async () => {
    const answer = await client.defineTerm({ term: 'bank', context: { organisational: ['banking'] } });
    expect(answer.text).toBe(
      'a financial institution that accepts deposits and channels the money into lending activities',
    );
    expect(answer.sense).toMatchObject({ lemma: 'bank', partOfSpeech: 'noun', category: 'group' });
    expect(answer.senseReason).toContain('fits the context best');
    expect(answer.otherSenses).toHaveLength(17);
    expect(answer.provider).toBe('lexical');
  });

  it('answers all six kinds in their order, each item with relation, source and reason', async () => {
    const { sets } = await client.generateExamples({ term: 'river' });
    expect(sets.map(({ kind }) => kind)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(sets[ExampleKind.EXAMPLE_KIND_COUNTER - 1]).toMatchObject({
      status: ExampleSet_Status.STATUS_OK,
      wanted: 3,
    });
    expect(sets[ExampleKind.EXAMPLE_KIND_ANTONYM - 1]).toMatchObject({
      status: ExampleSet_Status.STATUS_EMPTY,
      items: [],
    });
    for (const { items } of sets) {
      for (const { relation, source, reason } of items) {
        expect(relation).not.toBe(Relation.RELATION_UNSPECIFIED);
        expect(source).toMatch(/^wordnet:[nvar]\d{8}$/);
        expect(reason).not.toBe('');
      }
    }
  });

  it('streams the header, then a set for each kind wanted', async () => {
    const parts = [];
    const request = {
      term: 'good',
      kinds: [ExampleKind.EXAMPLE_KIND_ANTONYM, ExampleKind.EXAMPLE_KIND_SENTENCE],
      maxExamples: 2,
    };
    for await (const { part } of client.streamExamples({ request })) parts.push(part);
    expect(parts[0]).toMatchObject({ $case: 'header', value: { sense: { lemma: 'good' } } });
    const sets = parts.slice(1).map((part) => (part?.$case === 'set' ? part.value : undefined));
    expect(new Set(sets.map((set) => set?.kind))).toEqual(new Set([1, 5]));
    expect(sets.map((set) => set?.items.length)).toEqual([2, 2]);
  });

  it('pins the sense a request names', async () => {
    const { otherSenses } = await client.defineTerm({ term: 'mouse' });
    const other = otherSenses[0]?.source ?? '';
    const pinned = await client.generateExamples({ term: 'mouse', sense: other });
    expect(pinned.sense?.source).toBe(other);
    expect(await failure(client.defineTerm({ term: 'mouse', sense: 'wordnet:n00001740' }))).toMatchObject({
      code: status.NOT_FOUND,
      metadata: { term: 'mouse', sense: 'wordnet:n00001740' },
    });
  });

  it('says what it can do', async () => {
    const { providers } = await client.getCapabilities({});
    expect(providers).toEqual([
      {
        name: 'lexical',
        languages: ['en'],
        kinds: [1, 2, 3, 4, 5, 6],
        origin: expect.stringContaining('WordNet 3.1'),
      },
    ]);
  });
});

describe('bad input', () => {
  const kind = ExampleKind.EXAMPLE_KIND_SENTENCE;
  it.each<[string, Partial<GenerateExamplesRequest>, status, string]>([
    ['empty', { term: '' }, status.INVALID_ARGUMENT, 'INVALID_REQUEST'],
    ['10,000 characters', { term: 'a'.repeat(10_000) }, status.INVALID_ARGUMENT, 'INVALID_REQUEST'],
    ['a control character', { term: 'ri\u0007ver' }, status.INVALID_ARGUMENT, 'INVALID_REQUEST'],
    ['only punctuation', { term: '?!' }, status.INVALID_ARGUMENT, 'TERM_INVALID'],
    ['only blanks', { term: '   ' }, status.INVALID_ARGUMENT, 'TERM_INVALID'],
    ['an unknown term', { term: 'rivverr' }, status.NOT_FOUND, 'TERM_UNKNOWN'],
    ['another script', { term: '河川 🏞' }, status.NOT_FOUND, 'TERM_UNKNOWN'],
    ['a pattern', { term: 'ri.*(v)er[' }, status.NOT_FOUND, 'TERM_UNKNOWN'],
    ['another language', { term: 'rivier', language: 'nl' }, status.FAILED_PRECONDITION, 'LANGUAGE_UNSUPPORTED'],
    ['no language', { term: 'river', language: 'e n' }, status.INVALID_ARGUMENT, 'INVALID_REQUEST'],
    ['no examples', { term: 'river', maxExamples: 0 }, status.INVALID_ARGUMENT, 'INVALID_REQUEST'],
    ['fewer than none', { term: 'river', maxExamples: -1 }, status.INVALID_ARGUMENT, 'INVALID_REQUEST'],
    ['too many examples', { term: 'river', maxExamples: 51 }, status.INVALID_ARGUMENT, 'INVALID_REQUEST'],
    ['an unknown kind', { term: 'river', kinds: [99 as ExampleKind] }, status.INVALID_ARGUMENT, 'INVALID_REQUEST'],
    ['a kind twice', { term: 'river', kinds: [kind, kind] }, status.INVALID_ARGUMENT, 'INVALID_REQUEST'],
  ])('%s', async (_name, request, code, reason) => {
    expect(await failure(client.generateExamples(request))).toMatchObject({ code, reason });
  });

  it('the most that may be asked for is answered', async () => {
    const { sets } = await client.generateExamples({ term: 'dog', maxExamples: 50, language: 'en-GB' });
    expect(Math.max(...sets.map(({ items }) => items.length))).toBeLessThanOrEqual(50);
  });
});

it('a caller that goes away leaves nothing in flight, and the next one is served', async () => {
  const caller = new AbortController();
  const call = client.generateExamples({ term: 'river' }, { signal: caller.signal });
  caller.abort(new Error('no longer wanted'));
  await expect(call).rejects.toThrow('no longer wanted');
  await eventually('the call is off the server', () => server.inFlight() === 0);
  expect((await client.defineTerm({ term: 'river' })).sense?.lemma).toBe('river');
});
