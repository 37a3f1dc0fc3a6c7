import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ErrorReason } from '@exempla/contracts/storage/v1/error_reason';
import type { UploadObjectRequest_Header as Header } from '@exempla/contracts/storage/v1/object_service';
import { RemoteError } from '@exempla/rpc';
import { Barrier } from '@exempla/testing';
import { errorTable } from '../src/grpc/error-codes.ts';
import { failureOf } from './calls.ts';
import { childErrors } from './child-errors.ts';
import { startTestServer, type TestServer } from './database.ts';
import { eventErrors } from './event-errors.ts';
import { startService, type TestService } from './service.ts';
import { generationErrors, heroErrors, storyErrors } from './story-errors.ts';

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

async function created(options: { tenant: string }): Promise<string> {
  const { name } = await service.definitions.createDefinition({ definition }, options);
  return name;
}

interface Row {
  reason: string;
  when: string;
  metadata: Record<string, unknown>;
  act: () => Promise<unknown>;
}

const row = (reason: string, when: string, metadata: Row['metadata'], act: Row['act']): Row => ({
  reason,
  when,
  metadata,
  act,
});

const rows: Row[] = [
  ...childErrors(() => service),
  ...eventErrors(() => service),
  ...heroErrors(() => service),
  ...storyErrors(() => service),
  ...generationErrors(() => service),
  row('DEFINITION_NOT_FOUND', 'get of an unknown one', { name: unknownName }, () =>
    service.definitions.getDefinition({ name: unknownName }),
  ),
  row('DEFINITION_NOT_FOUND', 'get of an id that is not ours', { name: 'definitions/abc' }, () =>
    service.definitions.getDefinition({ name: 'definitions/abc' }),
  ),
  row(
    'DEFINITION_NOT_FOUND',
    'get of one of another tenant',
    { name: expect.stringMatching(/^definitions\//) },
    async () => {
      const name = await created(tenant());
      return service.definitions.getDefinition({ name }, tenant());
    },
  ),
  row('DEFINITION_NOT_FOUND', 'revisions of an unknown one', { name: unknownName }, () =>
    service.definitions.listDefinitionRevisions({ parent: unknownName }),
  ),
  row('DEFINITION_NOT_FOUND', 'a second delete', { name: expect.any(String) }, async () => {
    const options = tenant();
    const name = await created(options);
    await service.definitions.deleteDefinition({ name }, options);
    return service.definitions.deleteDefinition({ name }, options);
  }),
  row('DEFINITION_NOT_FOUND', 'an update of an unknown one', { name: unknownName }, () =>
    service.definitions.updateDefinition({ definition: { name: unknownName, text: 'x' }, updateMask: ['text'] }),
  ),
  row(
    'DEFINITION_EXISTS',
    'a duplicate is created',
    { name: expect.stringMatching(/^definitions\//), term: 'ENTROPY' },
    async () => {
      const options = tenant();
      await service.definitions.createDefinition({ definition }, options);
      return service.definitions.createDefinition({ definition: { ...definition, term: 'ENTROPY' } }, options);
    },
  ),
  row(
    'REQUEST_ID_REUSED',
    'a request id comes with another request',
    { request_id: 'r1', name: expect.any(String) },
    async () => {
      const options = tenant();
      const request = { definition, requestId: 'r1', requestFingerprint: 'a' };
      await service.definitions.createDefinition(request, options);
      return service.definitions.createDefinition({ ...request, requestFingerprint: 'b' }, options);
    },
  ),
  row('REQUEST_ID_REUSED', 'the same in a lookup', { request_id: 'r1', name: expect.any(String) }, async () => {
    const options = tenant();
    const request = { requestId: 'r1', requestFingerprint: 'a' };
    await service.definitions.createDefinition({ definition, ...request }, options);
    return service.definitions.lookupDefinition({ ...request, requestFingerprint: 'b', term: 'x' }, options);
  }),
  row('ETAG_MISMATCH', 'an update names an older version', { name: expect.any(String), etag: 'old' }, async () => {
    const options = tenant();
    const name = await created(options);
    const change = { definition: { name, etag: 'old', category: 'x' }, updateMask: ['category'] };
    return service.definitions.updateDefinition(change, options);
  }),
  row('ETAG_MISMATCH', 'a delete names an older version', { name: expect.any(String), etag: 'old' }, async () => {
    const options = tenant();
    const name = await created(options);
    return service.definitions.deleteDefinition({ name, etag: 'old' }, options);
  }),
  row('ETAG_MISMATCH', 'an upload names an older version', { name: 'objects/a', etag: 'old' }, () =>
    upload([header({ ifEtag: 'old' }), chunk('x')]),
  ),
  row('ETAG_MISMATCH', 'a delete of an object names an older version', { name: 'objects/a', etag: 'old' }, async () => {
    const options = tenant();
    await upload([header(), chunk('x')], options);
    return service.objects.deleteObject({ name: 'objects/a', etag: 'old' }, options);
  }),
  row('PAGE_TOKEN_INVALID', 'a token is made up', { field: 'page_token', page_token: 'made-up' }, () =>
    service.definitions.listDefinitions({ pageToken: 'made-up' }),
  ),
  row('UPDATE_MASK_INVALID', 'the mask is empty', { field: 'update_mask', path: '' }, () =>
    service.definitions.updateDefinition({ definition: { name: unknownName }, updateMask: [] }),
  ),
  ...['*', 'term', 'etag', 'assessment.score', 'state'].map((path) =>
    row('UPDATE_MASK_INVALID', `the mask names ${path}`, { field: 'update_mask', path }, () =>
      service.definitions.updateDefinition({ definition: { name: unknownName }, updateMask: ['category', path] }),
    ),
  ),
  row('UPDATE_MASK_INVALID', 'the new text is empty', { field: 'definition.text', path: 'text' }, () =>
    service.definitions.updateDefinition({ definition: { name: unknownName, text: ' ' }, updateMask: ['text'] }),
  ),
  row('OBJECT_NOT_FOUND', 'get of an unknown object', { name: 'objects/none' }, () =>
    service.objects.getObject({ name: 'objects/none' }),
  ),
  row('OBJECT_NOT_FOUND', 'download of an unknown object', { name: 'objects/none' }, () =>
    read(service.objects.downloadObject({ name: 'objects/none' })),
  ),
  row('OBJECT_NOT_FOUND', 'delete of an unknown object', { name: 'objects/none' }, () =>
    service.objects.deleteObject({ name: 'objects/none' }),
  ),
  row('UPLOAD_OUT_OF_ORDER', 'an upload is empty', { field: 'part', position: '0' }, () => upload([])),
  row('UPLOAD_OUT_OF_ORDER', 'an upload begins with a chunk', { field: 'part', position: '0' }, () =>
    upload([chunk('x')]),
  ),
  row('UPLOAD_OUT_OF_ORDER', 'a second header comes', { field: 'part', position: '2' }, () =>
    upload([header(), chunk('x'), header()]),
  ),
  row('OBJECT_SIZE_MISMATCH', 'the size lies', { field: 'header.size_bytes', declared: '5', received: '3' }, () =>
    upload([header({ sizeBytes: 5n }), chunk('abc')]),
  ),
  row(
    'OBJECT_HASH_MISMATCH',
    'the hash lies',
    { field: 'header.sha256', declared: '00'.repeat(32), received: createHash('sha256').update('abc').digest('hex') },
    () => upload([header({ sha256: Buffer.alloc(32) }), chunk('abc')]),
  ),
  row('OBJECT_TOO_LARGE', 'an upload is too large', { field: 'chunk', max_bytes: '1000' }, () =>
    upload([header(), chunk('x'.repeat(600)), chunk('x'.repeat(600))]),
  ),
  row('OBJECT_DAMAGED', 'the bytes are gone', { name: 'objects/a' }, async () => {
    const options = tenant();
    const text = randomUUID();
    await upload([header(), chunk(text)], options);
    const sha256 = createHash('sha256').update(text).digest('hex');
    await rm(join(service.directory, 'bytes', sha256.slice(0, 2), sha256.slice(2)));
    return read(service.objects.downloadObject({ name: 'objects/a' }, options));
  }),
  row('DATABASE_UNAVAILABLE', 'the server is down', {}, () => lonely.definitions.getDefinition({ name: unknownName })),
  row(
    'POOL_EXHAUSTED',
    'the only connection is lent',
    { pool: 'db', in_use: '1', max: '1', waited_ms: expect.stringMatching(/^\d+$/) },
    async () => {
      const arrived = new Barrier(2);
      const held = new AbortController();
      const call = { tenant: 't', signal: held.signal, deadline: { remainingMs: () => 60_000 } };
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
  ),
];

/** Those that need more than one call to be met. */
async function namedInOtherSpecs(reasons: readonly string[]): Promise<string[]> {
  const folder = new URL('./', import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts') && file !== 'errors.int.spec.ts');
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  return reasons.filter((reason) => texts.some((text) => text.includes(`'${reason}'`)));
}

describe('every reason has its status, on the wire (S3-20..37)', () => {
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

  it('lists each reason of the proto, and each is met here or in another spec', async () => {
    const listed = Object.keys(ErrorReason)
      .filter((name) => /^ERROR_REASON_(?!UNSPECIFIED)/.test(name))
      .map((name) => name.slice('ERROR_REASON_'.length))
      .sort();
    expect(Object.keys(errorTable.codes).sort()).toEqual(listed);
    const met = new Set([...rows.map(({ reason }) => reason), ...(await namedInOtherSpecs(listed))]);
    expect(listed.filter((reason) => !met.has(reason))).toEqual([]);
    const table = await readFile(new URL('../src/grpc/error-codes.ts', import.meta.url), 'utf8');
    for (const reason of listed) expect(table).toContain(reason);
  });
});
