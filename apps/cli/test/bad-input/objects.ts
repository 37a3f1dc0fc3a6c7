import { createHash } from 'node:crypto';
import { ObjectServiceDefinition, type UploadObjectRequest } from '@exempla/contracts/storage/v1/object_service';
import type { PartialMessage } from '@exempla/rpc';
import { at, bare, callsTo, invalid, malformed, ok, type Row, wire } from './row.ts';

type Part = PartialMessage<UploadObjectRequest>;

const to = callsTo(ObjectServiceDefinition);
/** Nothing of this name may be there after the rows. */
export const REFUSED_OBJECT = 'objects/refused';
const bytes = Buffer.from('hello');
const sha256 = createHash('sha256').update(bytes).digest();

type HeaderFields = { name?: string; contentType?: string; sizeBytes?: bigint; sha256?: Buffer; ifEtag?: string };
const header = (fields: HeaderFields = {}): Part => ({
  part: { $case: 'header', value: { name: REFUSED_OBJECT, ...fields } },
});
const chunk = (value: Buffer = bytes): Part => ({ part: { $case: 'chunk', value } });
const upload = (...parts: (Part | Uint8Array)[]): Row['call'] => to('uploadObject', parts);

const outOfOrder = { code: 'INVALID_ARGUMENT', reason: 'UPLOAD_OUT_OF_ORDER', fields: ['part'] } as const;
const sizeMismatch = {
  code: 'INVALID_ARGUMENT',
  reason: 'OBJECT_SIZE_MISMATCH',
  fields: ['header.size_bytes'],
} as const;
const notFound = { code: 'NOT_FOUND', reason: 'OBJECT_NOT_FOUND' } as const;

const BAD_NAMES: readonly (readonly [what: string, name: string])[] = [
  ['nothing', ''],
  ['../', 'objects/../secret'],
  ['../ further in', 'objects/a/../../secret'],
  ['one dot', 'objects/./a'],
  ['a hidden segment', 'objects/.ssh/key'],
  ['an absolute path', '/etc/passwd'],
  ['an empty segment', 'objects//a'],
  ['a slash at its end', 'objects/a/'],
  ['a backslash', 'objects/..\\secret'],
  ['U+0000', 'objects/a\0'],
  ['a line feed at its end', 'objects/a\n'],
  ['a percent sign', 'objects/%2e%2e'],
  ['an accent', 'objects/café'],
  ['301 characters', `objects/${'a'.repeat(293)}`],
];

export const OBJECT_ROWS: readonly Row[] = at('storage', [
  ...BAD_NAMES.flatMap(([what, name]) => [
    { case: `upload: a name with ${what}`, call: upload(header({ name }), chunk()), ...invalid('header.name') },
    { case: `download: a name with ${what}`, call: to('downloadObject', { name }), ...invalid('name') },
    { case: `get: a name with ${what}`, call: to('getObject', { name }), ...invalid('name') },
    { case: `delete: a name with ${what}`, call: to('deleteObject', { name }), ...invalid('name') },
  ]),
  { case: 'upload: nothing', call: upload(), ...outOfOrder },
  { case: 'upload: without a header', call: upload(chunk(), chunk()), ...outOfOrder },
  { case: 'upload: two headers', call: upload(header(), header(), chunk()), ...outOfOrder },
  { case: 'upload: a header behind the bytes', call: upload(header(), chunk(), header()), ...outOfOrder },
  { case: 'upload: a message of neither', call: upload({}), ...invalid('part') },
  { case: 'upload: a message of neither behind the header', call: upload(header(), {}), ...invalid('part') },
  { case: 'upload: less than declared', call: upload(header({ sizeBytes: 6n }), chunk()), ...sizeMismatch },
  { case: 'upload: more than declared', call: upload(header({ sizeBytes: 4n }), chunk()), ...sizeMismatch },
  { case: 'upload: bytes where none were declared', call: upload(header({ sizeBytes: 0n }), chunk()), ...sizeMismatch },
  { case: 'upload: a negative size', call: upload(header({ sizeBytes: -1n })), ...invalid('header.size_bytes') },
  {
    case: 'upload: a size no disk has',
    call: upload(header({ sizeBytes: 2n ** 62n }), chunk()),
    ...invalid('header.size_bytes'),
  },
  {
    case: 'upload: a hash of other bytes',
    call: upload(header({ sha256 }), chunk(Buffer.from('hellO'))),
    code: 'INVALID_ARGUMENT',
    reason: 'OBJECT_HASH_MISMATCH',
    fields: ['header.sha256'],
  },
  {
    case: 'upload: a hash of 31 bytes',
    call: upload(header({ sha256: sha256.subarray(1) }), chunk()),
    ...invalid('header.sha256'),
  },
  {
    case: 'upload: a content type that is none',
    call: upload(header({ contentType: 'text/html\r\nx-evil: 1' })),
    ...invalid('header.content_type'),
  },
  {
    case: 'upload: a chunk above 1 MiB',
    call: upload(header(), chunk(Buffer.alloc((1 << 20) + 1))),
    ...invalid('chunk'),
  },
  { case: 'upload: a message over the size limit', call: upload(wire.oversize), ...bare('RESOURCE_EXHAUSTED') },
  { case: 'upload: noise', call: upload(wire.noise), ...malformed },
  { case: 'upload: noise behind the header', call: upload(header(), wire.truncated), ...malformed },
  {
    case: 'upload: an old etag',
    call: to('uploadObject', ({ object }) => [header({ name: object, ifEtag: 'of-long-ago' }), chunk()]),
    code: 'ABORTED',
    reason: 'ETAG_MISMATCH',
  },
  {
    case: 'upload: an etag where there is no object',
    call: upload(header({ ifEtag: 'of-long-ago' }), chunk()),
    code: 'ABORTED',
    reason: 'ETAG_MISMATCH',
  },
  {
    case: 'upload: a deadline of 1 ms',
    call: to('uploadObject', [header(), chunk()], { deadlineMs: 1 }),
    ...bare('DEADLINE_EXCEEDED'),
  },
  { case: 'download: an unknown object', call: to('downloadObject', { name: 'objects/none' }), ...notFound },
  { case: 'download: noise', call: to('downloadObject', wire.truncated), ...malformed },
  { case: 'download: no deadline', call: to('downloadObject', ({ object }) => ({ name: object }), {}), ...ok },
  { case: 'get: an unknown object', call: to('getObject', { name: 'objects/none' }), ...notFound },
  { case: 'get: text that is no UTF-8', call: to('getObject', wire.badUtf8), ...malformed },
  { case: 'get: no deadline', call: to('getObject', ({ object }) => ({ name: object }), {}), ...ok },
  { case: 'delete: an unknown object', call: to('deleteObject', { name: 'objects/none' }), ...notFound },
  {
    case: 'delete: an old etag',
    call: to('deleteObject', ({ object }) => ({ name: object, etag: 'of-long-ago' })),
    code: 'ABORTED',
    reason: 'ETAG_MISMATCH',
  },
]);
