import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RemoteError, status } from '@exempla/rpc';
import { startTestServer, type TestServer } from './database.ts';
import { startService, type TestService } from './service.ts';
import { sha256Of } from './upload-messages.ts';

// What a caller may get wrong about objects, row by row: the status, the reason, and the field or value it is told.

let server: TestServer;
let service: TestService;
beforeAll(async () => {
  server = await startTestServer();
  service = await startService(await server.database(), { maxObjectBytes: 3_000_000n });
  await upload({ name: NAME }, BYTES);
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

const NAME = 'objects/kept';
const BYTES = Buffer.from('kept as it is');
const UPLOAD = `uploads/${randomUUID()}`;
const options = { tenant: 't' };

const header = (value: object) => ({ part: { $case: 'header' as const, value } });
const chunk = (value: Buffer) => ({ part: { $case: 'chunk' as const, value } });
const send = (...parts: (ReturnType<typeof header> | ReturnType<typeof chunk>)[]): Promise<unknown> =>
  service.objects.uploadObject(Readable.from(parts), options);
const upload = (value: object, bytes: Buffer): Promise<unknown> => send(header(value), chunk(bytes));
async function download(request: object): Promise<void> {
  for await (const _ of service.objects.downloadObject({ name: NAME, ...request }, options));
}
const list = (request: object): Promise<unknown> => service.objects.listObjects(request, options);

type Row = readonly [what: string, told: Record<string, string>, act: () => Promise<unknown>];

const invalid = (field: string, what: string, act: () => Promise<unknown>): Row => [what, { field }, act];
const INVALID: Row[] = [
  invalid('header.name', 'U+0000 in a name', () => upload({ name: 'objects/a\0b' }, BYTES)),
  invalid('header.name', 'letters of other scripts in a name', () => upload({ name: 'objects/ключ' }, BYTES)),
  invalid('header.name', 'a name that leads out', () => upload({ name: 'objects/a/../b' }, BYTES)),
  invalid('header.name', 'a name that begins at the root', () => upload({ name: 'objects//etc' }, BYTES)),
  invalid('header.name', 'no name', () => upload({}, BYTES)),
  invalid('header.name', 'a name too long', () => upload({ name: `objects/${'a'.repeat(300)}` }, BYTES)),
  invalid('header.content_type', 'a line break in the content type', () =>
    upload({ name: NAME, contentType: 'a/b\r\nc' }, BYTES),
  ),
  invalid('header.size_bytes', 'a negative size', () => upload({ name: NAME, sizeBytes: -1n }, BYTES)),
  invalid('header.size_bytes', 'a size beyond all', () => upload({ name: NAME, sizeBytes: 2n ** 62n }, BYTES)),
  invalid('header.sha256', 'half a hash', () => upload({ name: NAME, sha256: Buffer.alloc(16) }, BYTES)),
  invalid('header.upload', 'an upload that is no UUID', () => upload({ name: NAME, upload: 'uploads/1' }, BYTES)),
  invalid('header', 'an upload without a size', () => upload({ name: NAME, upload: UPLOAD }, BYTES)),
  invalid('header', 'an offset without an upload', () => upload({ name: NAME, offset: 1n }, BYTES)),
  invalid('header.offset', 'a negative offset', () =>
    upload({ name: NAME, upload: UPLOAD, sizeBytes: 9n, offset: -1n }, BYTES),
  ),
  invalid('chunk', 'a chunk too large', () => upload({ name: NAME }, Buffer.alloc(1_048_577))),
  invalid('offset', 'a range before the beginning', () => download({ offset: -1n })),
  invalid('length', 'a range of less than nothing', () => download({ length: -1n })),
  invalid('offset', 'a range beyond all', () => download({ offset: 2n ** 63n - 1n })),
  invalid('name', 'a download that leads out', () => download({ name: 'objects/../kept' })),
  invalid('page_size', 'a negative page size', () => list({ pageSize: -1 })),
  invalid('prefix', 'a prefix of another collection', () => list({ prefix: 'definitions/' })),
  invalid('prefix', 'a prefix with a wildcard', () => list({ prefix: 'objects/%' })),
  invalid('name', 'an upload id with capital letters', () =>
    service.objects.getUpload({ name: UPLOAD.toUpperCase() }, options),
  ),
];

type Refusal = readonly [reason: string, code: status, ...Row];
const REFUSED: Refusal[] = [
  [
    'UPLOAD_OUT_OF_ORDER',
    status.INVALID_ARGUMENT,
    'bytes before the header',
    { position: '0' },
    () => send(chunk(BYTES)),
  ],
  ['UPLOAD_OUT_OF_ORDER', status.INVALID_ARGUMENT, 'nothing at all', { position: '0' }, () => send()],
  [
    'UPLOAD_OUT_OF_ORDER',
    status.INVALID_ARGUMENT,
    'a second header',
    { position: '2' },
    () => send(header({ name: NAME }), chunk(BYTES), header({ name: NAME })),
  ],
  [
    'OBJECT_SIZE_MISMATCH',
    status.INVALID_ARGUMENT,
    'fewer bytes than declared',
    { declared: '14', received: '13' },
    () => upload({ name: NAME, sizeBytes: 14n }, BYTES),
  ],
  [
    'OBJECT_SIZE_MISMATCH',
    status.INVALID_ARGUMENT,
    'more bytes than declared',
    { declared: '0', received: '13' },
    () => upload({ name: NAME, sizeBytes: 0n }, BYTES),
  ],
  [
    'OBJECT_HASH_MISMATCH',
    status.INVALID_ARGUMENT,
    'the hash of other bytes',
    { declared: '00'.repeat(32), received: sha256Of(BYTES) },
    () => upload({ name: NAME, sha256: Buffer.alloc(32) }, BYTES),
  ],
  [
    'OBJECT_TOO_LARGE',
    status.INVALID_ARGUMENT,
    'a declared size above the limit',
    { max_bytes: '3000000', field: 'header.size_bytes' },
    () => upload({ name: NAME, sizeBytes: 3_000_001n }, BYTES),
  ],
  [
    'OBJECT_TOO_LARGE',
    status.INVALID_ARGUMENT,
    'undeclared bytes above the limit',
    { max_bytes: '3000000', field: 'chunk' },
    () => send(header({ name: NAME }), ...Array.from({ length: 4 }, () => chunk(Buffer.alloc(1_000_000)))),
  ],
  [
    'ETAG_MISMATCH',
    status.ABORTED,
    'an unknown etag to replace',
    { name: NAME, etag: 'unknown' },
    () => upload({ name: NAME, ifEtag: 'unknown' }, BYTES),
  ],
  [
    'ETAG_MISMATCH',
    status.ABORTED,
    'an unknown etag to go on reading',
    { name: NAME, etag: 'unknown' },
    () => download({ ifEtag: 'unknown', offset: 3n }),
  ],
  [
    'ETAG_MISMATCH',
    status.ABORTED,
    'an unknown etag to delete',
    { name: NAME, etag: 'unknown' },
    () => service.objects.deleteObject({ name: NAME, etag: 'unknown' }, options),
  ],
  [
    'RANGE_BEYOND_END',
    status.OUT_OF_RANGE,
    'a byte after the last',
    { name: NAME, offset: '13', length: '1', size_bytes: '13' },
    () => download({ offset: 13n, length: 1n }),
  ],
  [
    'UPLOAD_NOT_FOUND',
    status.NOT_FOUND,
    'to go on with nothing',
    { name: UPLOAD },
    () => upload({ name: NAME, upload: UPLOAD, sizeBytes: 20n, offset: 7n }, BYTES),
  ],
  [
    'UPLOAD_NOT_FOUND',
    status.NOT_FOUND,
    'to ask for an upload there is not',
    { name: UPLOAD },
    () => service.objects.getUpload({ name: UPLOAD }, options),
  ],
  [
    'PAGE_TOKEN_INVALID',
    status.INVALID_ARGUMENT,
    'a page token of nobody',
    { field: 'page_token', page_token: 'AAAA' },
    () => list({ pageToken: 'AAAA' }),
  ],
];

describe('bad input about objects', () => {
  const failureOf = async (act: () => Promise<unknown>): Promise<RemoteError> => {
    const thrown: unknown = await act().then(
      () => new Error('nothing was refused'),
      (error: unknown) => error,
    );
    return thrown as RemoteError;
  };

  it.each(INVALID)('%s is INVALID_REQUEST', async (_, { field }, act) => {
    const error = await failureOf(act);
    expect([error.code, error.reason]).toEqual([status.INVALID_ARGUMENT, 'INVALID_REQUEST']);
    expect(error.details.violations?.map((violation) => violation.field)).toContain(field);
  });

  it.each(REFUSED)('%s (%i): %s', async (reason, code, _, told, act) => {
    const error = await failureOf(act);
    expect([error.code, error.reason]).toEqual([code, reason]);
    expect(error.metadata).toMatchObject(told);
  });

  it('changed nothing', async () => {
    const { objects } = await service.objects.listObjects({}, options);
    expect(objects.map(({ name, sha256 }) => [name, sha256.toString('hex')])).toEqual([[NAME, sha256Of(BYTES)]]);
    expect(service.disk.openFiles).toBe(0);
  });
});
