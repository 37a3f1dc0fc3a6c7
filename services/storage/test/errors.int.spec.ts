import { createHash, randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ErrorReason } from '@exempla/contracts/storage/v1/error_reason';
import type { UploadObjectRequest_Header as Header } from '@exempla/contracts/storage/v1/object_service';
import { RemoteError, status } from '@exempla/rpc';
import { Barrier } from '@exempla/testing';
import { errorTable } from '../src/grpc/error-codes.ts';
import { startTestServer, type TestServer } from './database.ts';
import { startService, type TestService } from './service.ts';

let server: TestServer;
let service: TestService;
/** Of a small pool, and of a server that is not there. */
let crowded: TestService;
let lonely: TestService;
let lonelyServer: TestServer;

beforeAll(async () => {
  [server, lonelyServer] = await Promise.all([startTestServer(), startTestServer()]);
  service = await startService(await server.database(), { maxObjectBytes: 1_000n });
  crowded = await startService(await server.database(), { poolMinSize: 0, poolMaxSize: 1 });
  lonely = await startService(await lonelyServer.database());
  await lonelyServer.postgres.stop();
});
afterAll(async () => {
  await Promise.all([service.stop(), crowded.stop(), lonely.stop()]);
  await Promise.all([server.stop(), lonelyServer.stop().catch(() => {})]);
});

const definition = { term: 'entropy', language: 'en', text: 'A measure of disorder.' };
const unknownName = `definitions/${randomUUID()}`;
const tenant = (): { tenant: string } => ({ tenant: `t-${randomUUID()}` });

type Message = { part: { $case: 'header'; value: Partial<Header> } | { $case: 'chunk'; value: Buffer } };
const header = (value: Partial<Header> = {}): Message => ({
  part: { $case: 'header', value: { name: 'objects/a', ...value } },
});
const chunk = (text: string): Message => ({ part: { $case: 'chunk', value: Buffer.from(text) } });
const upload = (messages: Message[], options = tenant()): Promise<unknown> =>
  service.objects.uploadObject(Readable.from(messages), options);

async function read(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}

interface Row {
  reason: keyof typeof errorTable.codes;
  when: string;
  metadata: Record<string, unknown>;
  act: () => Promise<unknown>;
}

const rows: Row[] = [
  {
    reason: 'DEFINITION_NOT_FOUND',
    when: 'get of an unknown one',
    metadata: { name: unknownName },
    act: () => service.definitions.getDefinition({ name: unknownName }),
  },
  {
    reason: 'DEFINITION_NOT_FOUND',
    when: 'get of an id that is not ours',
    metadata: { name: 'definitions/abc' },
    act: () => service.definitions.getDefinition({ name: 'definitions/abc' }),
  },
  {
    reason: 'DEFINITION_NOT_FOUND',
    when: 'get of one of another tenant',
    metadata: { name: expect.stringMatching(/^definitions\//) },
    act: async () => {
      const { name } = await service.definitions.createDefinition({ definition }, tenant());
      return service.definitions.getDefinition({ name }, tenant());
    },
  },
  {
    reason: 'DEFINITION_NOT_FOUND',
    when: 'revisions of an unknown one',
    metadata: { name: unknownName },
    act: () => service.definitions.listDefinitionRevisions({ parent: unknownName }),
  },
  {
    reason: 'DEFINITION_NOT_FOUND',
    when: 'a second delete',
    metadata: { name: expect.any(String) },
    act: async () => {
      const options = tenant();
      const { name } = await service.definitions.createDefinition({ definition }, options);
      await service.definitions.deleteDefinition({ name }, options);
      return service.definitions.deleteDefinition({ name }, options);
    },
  },
  {
    reason: 'DEFINITION_NOT_FOUND',
    when: 'an update of an unknown one',
    metadata: { name: unknownName },
    act: () =>
      service.definitions.updateDefinition({ definition: { name: unknownName, text: 'x' }, updateMask: ['text'] }),
  },
  {
    reason: 'DEFINITION_EXISTS',
    when: 'a duplicate is created',
    metadata: { name: expect.stringMatching(/^definitions\//), term: 'ENTROPY' },
    act: async () => {
      const options = tenant();
      await service.definitions.createDefinition({ definition }, options);
      return service.definitions.createDefinition({ definition: { ...definition, term: 'ENTROPY' } }, options);
    },
  },
  {
    reason: 'REQUEST_ID_REUSED',
    when: 'a request id comes with another request',
    metadata: { request_id: 'r1', name: expect.any(String) },
    act: async () => {
      const options = tenant();
      const request = { definition, requestId: 'r1', requestFingerprint: 'a' };
      await service.definitions.createDefinition(request, options);
      return service.definitions.createDefinition({ ...request, requestFingerprint: 'b' }, options);
    },
  },
  {
    reason: 'REQUEST_ID_REUSED',
    when: 'the same in a lookup',
    metadata: { request_id: 'r1', name: expect.any(String) },
    act: async () => {
      const options = tenant();
      const request = { requestId: 'r1', requestFingerprint: 'a' };
      await service.definitions.createDefinition({ definition, ...request }, options);
      return service.definitions.lookupDefinition({ ...request, requestFingerprint: 'b', term: 'x' }, options);
    },
  },
  {
    reason: 'ETAG_MISMATCH',
    when: 'an update names an older version',
    metadata: { name: expect.any(String), etag: 'old' },
    act: async () => {
      const options = tenant();
      const { name } = await service.definitions.createDefinition({ definition }, options);
      const change = { definition: { name, etag: 'old', category: 'x' }, updateMask: ['category'] };
      return service.definitions.updateDefinition(change, options);
    },
  },
  {
    reason: 'ETAG_MISMATCH',
    when: 'a delete names an older version',
    metadata: { name: expect.any(String), etag: 'old' },
    act: async () => {
      const options = tenant();
      const { name } = await service.definitions.createDefinition({ definition }, options);
      return service.definitions.deleteDefinition({ name, etag: 'old' }, options);
    },
  },
  {
    reason: 'ETAG_MISMATCH',
    when: 'an upload names an older version',
    metadata: { name: 'objects/a', etag: 'old' },
    act: () => upload([header({ ifEtag: 'old' }), chunk('x')]),
  },
  {
    reason: 'ETAG_MISMATCH',
    when: 'a delete of an object names an older version',
    metadata: { name: 'objects/a', etag: 'old' },
    act: async () => {
      const options = tenant();
      await upload([header(), chunk('x')], options);
      return service.objects.deleteObject({ name: 'objects/a', etag: 'old' }, options);
    },
  },
  {
    reason: 'PAGE_TOKEN_INVALID',
    when: 'a token is made up',
    metadata: { page_token: 'made-up' },
    act: () => service.definitions.listDefinitions({ pageToken: 'made-up' }),
  },
  {
    reason: 'UPDATE_MASK_INVALID',
    when: 'the mask is empty',
    metadata: { path: '' },
    act: () => service.definitions.updateDefinition({ definition: { name: unknownName }, updateMask: [] }),
  },
  ...['*', 'term', 'etag', 'assessment.score', 'state'].map((path) => ({
    reason: 'UPDATE_MASK_INVALID',
    when: `the mask names ${path}`,
    metadata: { path },
    act: () =>
      service.definitions.updateDefinition({ definition: { name: unknownName }, updateMask: ['category', path] }),
  })),
  {
    reason: 'UPDATE_MASK_INVALID',
    when: 'the new text is empty',
    metadata: { path: 'text' },
    act: () =>
      service.definitions.updateDefinition({ definition: { name: unknownName, text: ' ' }, updateMask: ['text'] }),
  },
  {
    reason: 'OBJECT_NOT_FOUND',
    when: 'get of an unknown object',
    metadata: { name: 'objects/none' },
    act: () => service.objects.getObject({ name: 'objects/none' }),
  },
  {
    reason: 'OBJECT_NOT_FOUND',
    when: 'download of an unknown object',
    metadata: { name: 'objects/none' },
    act: () => read(service.objects.downloadObject({ name: 'objects/none' })),
  },
  {
    reason: 'OBJECT_NOT_FOUND',
    when: 'delete of an unknown object',
    metadata: { name: 'objects/none' },
    act: () => service.objects.deleteObject({ name: 'objects/none' }),
  },
  {
    reason: 'UPLOAD_OUT_OF_ORDER',
    when: 'an upload is empty',
    metadata: { position: '0' },
    act: () => upload([]),
  },
  {
    reason: 'UPLOAD_OUT_OF_ORDER',
    when: 'an upload begins with a chunk',
    metadata: { position: '0' },
    act: () => upload([chunk('x')]),
  },
  {
    reason: 'UPLOAD_OUT_OF_ORDER',
    when: 'a second header comes',
    metadata: { position: '2' },
    act: () => upload([header(), chunk('x'), header()]),
  },
  {
    reason: 'OBJECT_SIZE_MISMATCH',
    when: 'the size lies',
    metadata: { declared: '5', received: '3' },
    act: () => upload([header({ sizeBytes: 5n }), chunk('abc')]),
  },
  {
    reason: 'OBJECT_HASH_MISMATCH',
    when: 'the hash lies',
    metadata: { declared: '00'.repeat(32), received: createHash('sha256').update('abc').digest('hex') },
    act: () => upload([header({ sha256: Buffer.alloc(32) }), chunk('abc')]),
  },
  {
    reason: 'OBJECT_TOO_LARGE',
    when: 'an upload is too large',
    metadata: { max_bytes: '1000' },
    act: () => upload([header(), chunk('x'.repeat(600)), chunk('x'.repeat(600))]),
  },
  {
    reason: 'OBJECT_DAMAGED',
    when: 'the bytes are gone',
    metadata: { name: 'objects/a' },
    act: async () => {
      const options = tenant();
      const text = randomUUID();
      await upload([header(), chunk(text)], options);
      const sha256 = createHash('sha256').update(text).digest('hex');
      await rm(join(service.directory, 'bytes', sha256.slice(0, 2), sha256.slice(2)));
      return read(service.objects.downloadObject({ name: 'objects/a' }, options));
    },
  },
  {
    reason: 'DATABASE_UNAVAILABLE',
    when: 'the server is down',
    metadata: {},
    act: () => lonely.definitions.getDefinition({ name: unknownName }),
  },
  {
    reason: 'POOL_EXHAUSTED',
    when: 'the only connection is lent',
    metadata: { pool: 'db', in_use: '1', max: '1', waited_ms: expect.stringMatching(/^\d+$/) },
    act: async () => {
      const arrived = new Barrier(2);
      const held = new AbortController();
      const call = { signal: held.signal, deadline: { remainingMs: () => 60_000 } };
      const holding = crowded.pool
        .transaction(call, async (session) => {
          await arrived.wait();
          await session.run('select pg_sleep(60)');
        })
        .catch(() => {});
      await arrived.wait();
      try {
        return await crowded.definitions.getDefinition({ name: unknownName }, { timeoutMs: 400 });
      } finally {
        held.abort(new Error('enough'));
        await holding;
      }
    },
  },
];

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no failure',
    (error: unknown) => error,
  );

describe('every reason has its status, on the wire', () => {
  it.each(rows)('$reason: $when', async ({ reason, metadata, act }) => {
    const error = await failureOf(act());
    expect(error).toBeInstanceOf(RemoteError);
    const { code, domain, metadata: sent, message } = error as RemoteError;
    expect({ code, reason: (error as RemoteError).reason, domain }).toEqual({
      code: errorTable.codes[reason],
      reason,
      domain: 'storage.exempla',
    });
    expect(sent).toEqual(metadata);
    // The message says everything that varies, but nothing of the inside.
    expect(message).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|select|storage\./i);
  });

  it('lists each reason of the proto, and each has a row here', async () => {
    const listed = Object.keys(ErrorReason)
      .filter((name) => /^ERROR_REASON_(?!UNSPECIFIED)/.test(name))
      .map((name) => name.slice('ERROR_REASON_'.length))
      .sort();
    expect(Object.keys(errorTable.codes).sort()).toEqual(listed);
    expect([...new Set(rows.map(({ reason }) => reason))].sort()).toEqual(listed);
    const table = await readFile(new URL('../src/grpc/error-codes.ts', import.meta.url), 'utf8');
    for (const reason of listed) expect(table).toContain(reason);
  });
});

describe('bad requests', () => {
  const bad: [string, string, () => Promise<unknown>][] = [
    [
      'definition.term',
      'an empty term',
      () => service.definitions.createDefinition({ definition: { ...definition, term: ' ' } }),
    ],
    [
      'definition.language',
      'no language',
      () => service.definitions.createDefinition({ definition: { ...definition, language: '' } }),
    ],
    [
      'definition.text',
      'no text',
      () => service.definitions.createDefinition({ definition: { ...definition, text: '' } }),
    ],
    ['definition', 'no definition', () => service.definitions.createDefinition({})],
    [
      'definition.term',
      'U+0000 in the term',
      () => service.definitions.createDefinition({ definition: { ...definition, term: 'a\0b' } }),
    ],
    [
      'definition.examples[0].items[1].text',
      'U+0000 deep inside',
      () => {
        const items = [{ text: 'fine' }, { text: '\0' }];
        return service.definitions.createDefinition({ definition: { ...definition, examples: [{ items }] } });
      },
    ],
    [
      'definition.other_senses[0].part_of_speech',
      'U+0000 under a long name',
      () => {
        const otherSenses = [{ partOfSpeech: '\0' }];
        return service.definitions.createDefinition({ definition: { ...definition, otherSenses } });
      },
    ],
    [
      'definition_id',
      'an id that is no UUID',
      () => service.definitions.createDefinition({ definition, definitionId: 'x' }),
    ],
    ['term', 'U+0000 in a filter', () => service.definitions.listDefinitions({ term: '\0' })],
    ['term', 'U+0000 in a lookup', () => service.definitions.lookupDefinition({ term: 'a\0' })],
    ['page_size', 'a negative page size', () => service.definitions.listDefinitions({ pageSize: -1 })],
    ['name', 'a name that is none', () => service.definitions.getDefinition({ name: 'entropy' })],
    [
      'definition.name',
      'an update of nothing',
      () => service.definitions.updateDefinition({ definition: {}, updateMask: ['text'] }),
    ],
    ['header.name', 'a name that leads out', () => upload([header({ name: 'objects/../x' })])],
    ['name', 'the same in a download', () => read(service.objects.downloadObject({ name: 'objects/a/../../x' }))],
  ];
  it.each(bad)('%s: %s', async (field, _, act) => {
    const error = (await failureOf(act())) as RemoteError;
    expect([error.code, error.reason]).toEqual([status.INVALID_ARGUMENT, 'INVALID_REQUEST']);
    expect(error.details.violations?.map((violation) => violation.field)).toContain(field);
  });
});
