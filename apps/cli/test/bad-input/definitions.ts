import { DefinitionStoreServiceDefinition } from '@exempla/contracts/storage/v1/definition_store_service';
import type { ExampleKind } from '@exempla/contracts/type/v1/example';
import { at, bare, callsTo, invalid, malformed, ok, type Row, wire } from './row.ts';

const to = callsTo(DefinitionStoreServiceDefinition);
const NO_SUCH = 'definitions/00000000-0000-4000-8000-000000000000';
const definition = { term: 'delta', language: 'en', text: 'A landform at the mouth of a river.' };
const notFound = { code: 'NOT_FOUND', reason: 'DEFINITION_NOT_FOUND' } as const;
const badMask = { code: 'INVALID_ARGUMENT', reason: 'UPDATE_MASK_INVALID', fields: ['update_mask'] } as const;
const badToken = { code: 'INVALID_ARGUMENT', reason: 'PAGE_TOKEN_INVALID', fields: ['page_token'] } as const;

const update = (updateMask: string[], text = 'A new text.'): Row['call'] =>
  to('updateDefinition', (made) => ({ definition: { name: made.definition, text }, updateMask }));

export const DEFINITION_ROWS: readonly Row[] = at('storage', [
  { case: 'create: without a definition', call: to('createDefinition', {}), ...invalid('definition') },
  {
    case: 'create: an empty definition',
    call: to('createDefinition', { definition: {} }),
    ...invalid('definition.term', 'definition.language', 'definition.text'),
  },
  {
    case: 'create: a term of blanks',
    call: to('createDefinition', { definition: { ...definition, term: '  ' } }),
    ...invalid('definition.term'),
  },
  {
    case: 'create: a term of 201 characters',
    call: to('createDefinition', { definition: { ...definition, term: 'a'.repeat(201) } }),
    ...invalid('definition.term'),
  },
  {
    case: 'create: a text with U+0000',
    call: to('createDefinition', { definition: { ...definition, text: 'A\0' } }),
    ...invalid('definition.text'),
  },
  {
    case: 'create: a text of 10,001 characters',
    call: to('createDefinition', { definition: { ...definition, text: 'x'.repeat(10_001) } }),
    ...invalid('definition.text'),
  },
  {
    case: 'create: an unknown kind among the examples',
    call: to('createDefinition', { definition: { ...definition, examples: [{ kind: 99 as ExampleKind }] } }),
    ...invalid('definition.examples[0].kind'),
  },
  {
    case: 'create: a score that is no number',
    call: to('createDefinition', { definition: { ...definition, assessment: { score: NaN } } }),
    ...invalid('definition.assessment.score'),
  },
  {
    case: 'create: an id that is no UUID',
    call: to('createDefinition', { definition, definitionId: '../1' }),
    ...invalid('definition_id'),
  },
  {
    case: 'create: 21 revisions',
    call: to('createDefinition', { definition, revisions: Array.from({ length: 21 }, () => ({ text: 'A.' })) }),
    ...invalid('revisions'),
  },
  {
    case: 'create: a request id with blanks',
    call: to('createDefinition', { definition, requestId: 'a b' }),
    ...invalid('request_id'),
  },
  {
    case: 'create: a definition that is there already',
    call: to('createDefinition', ({ request }) => ({ definition: { ...definition, term: request.term } })),
    code: 'ALREADY_EXISTS',
    reason: 'DEFINITION_EXISTS',
  },
  {
    case: 'create: a request id that another request has used',
    call: to('createDefinition', ({ request }) => ({ definition, requestId: request.id, requestFingerprint: 'other' })),
    code: 'ALREADY_EXISTS',
    reason: 'REQUEST_ID_REUSED',
  },
  { case: 'create: noise', call: to('createDefinition', wire.noise), ...malformed },
  { case: 'create: a definition that breaks off', call: to('createDefinition', wire.truncated), ...malformed },
  {
    case: 'create: a message over the size limit',
    call: to('createDefinition', wire.oversize),
    ...bare('RESOURCE_EXHAUSTED'),
  },
  { case: 'lookup: without a term', call: to('lookupDefinition', {}), ...invalid('term') },
  { case: 'lookup: a term with U+0000', call: to('lookupDefinition', { term: 'a\0' }), ...invalid('term') },
  { case: 'get: an unknown definition', call: to('getDefinition', { name: NO_SUCH }), ...notFound },
  { case: 'get: a name that is no definition', call: to('getDefinition', { name: 'objects/a' }), ...invalid('name') },
  { case: 'get: no deadline', call: to('getDefinition', (made) => ({ name: made.definition }), {}), ...ok },
  {
    case: 'update: without a definition',
    call: to('updateDefinition', { updateMask: ['text'] }),
    ...invalid('definition'),
  },
  {
    case: 'update: without a mask',
    call: to('updateDefinition', (made) => ({ definition: { name: made.definition } })),
    ...invalid('update_mask'),
  },
  { case: 'update: an empty mask', call: update([]), ...badMask },
  { case: 'update: a mask that names nothing', call: update(['nonsense']), ...badMask },
  { case: 'update: a mask of a field that stays', call: update(['text', 'term']), ...badMask },
  { case: 'update: a mask of everything', call: update(['*']), ...badMask },
  { case: 'update: a mask of an empty path', call: update(['']), ...badMask },
  { case: 'update: a mask that goes deeper', call: update(['assessment.score']), ...badMask },
  {
    case: 'update: an empty text',
    call: update(['text'], ' '),
    code: 'INVALID_ARGUMENT',
    reason: 'UPDATE_MASK_INVALID',
    fields: ['definition.text'],
  },
  {
    case: 'update: without a name',
    call: to('updateDefinition', { definition: { text: 'A.' }, updateMask: ['text'] }),
    ...invalid('definition.name'),
  },
  {
    case: 'update: a name that is no definition',
    call: to('updateDefinition', { definition: { name: '../x', text: 'A.' }, updateMask: ['text'] }),
    ...notFound,
  },
  {
    case: 'update: an unknown definition',
    call: to('updateDefinition', { definition: { name: NO_SUCH, text: 'A.' }, updateMask: ['text'] }),
    ...notFound,
  },
  {
    case: 'update: an old etag',
    call: to('updateDefinition', (made) => ({
      definition: { name: made.definition, text: 'A.', etag: 'of-long-ago' },
      updateMask: ['text'],
    })),
    code: 'ABORTED',
    reason: 'ETAG_MISMATCH',
  },
  {
    case: 'delete: an old etag',
    call: to('deleteDefinition', (made) => ({ name: made.definition, etag: 'of-long-ago' })),
    code: 'ABORTED',
    reason: 'ETAG_MISMATCH',
  },
  { case: 'delete: an unknown definition', call: to('deleteDefinition', { name: NO_SUCH }), ...notFound },
  { case: 'list: a negative page size', call: to('listDefinitions', { pageSize: -1 }), ...invalid('page_size') },
  { case: 'list: a forged page token', call: to('listDefinitions', { pageToken: 'Zm9yZ2Vk' }), ...badToken },
  { case: 'list: a page token that is no base64', call: to('listDefinitions', { pageToken: '***' }), ...badToken },
  { case: 'list: a term with U+0000', call: to('listDefinitions', { term: '\0' }), ...invalid('term') },
  {
    case: 'history: a forged page token',
    call: to('listDefinitionRevisions', (made) => ({ parent: made.definition, pageToken: 'Zm9yZ2Vk' })),
    ...badToken,
  },
  { case: 'history: of an unknown definition', call: to('listDefinitionRevisions', { parent: NO_SUCH }), ...notFound },
  { case: 'history: of nothing', call: to('listDefinitionRevisions', {}), ...invalid('parent') },
]);
