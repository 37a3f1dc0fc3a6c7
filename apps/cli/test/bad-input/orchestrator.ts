import { DefinitionServiceDefinition } from '@exempla/contracts/orchestrator/v1/definition_service';
import type { ExampleKind } from '@exempla/contracts/type/v1/example';
import { at, bare, callsTo, invalid, malformed, ok, type Row, wire, withUnknownField } from './row.ts';
import { TERM_ROWS } from './terms.ts';

const to = callsTo(DefinitionServiceDefinition);
type Generate = Parameters<typeof to<'generateDefinition'>>[1];
const generate = (request: Generate, options?: Parameters<typeof to>[2]): Row['call'] =>
  to('generateDefinition', request, options);

const NO_SUCH = 'definitions/00000000-0000-4000-8000-000000000000';
const term = 'river';
const allowDuplicate = true;
const kind = (value: number): ExampleKind => value as ExampleKind;

export const ORCHESTRATOR_ROWS: readonly Row[] = at('orchestrator', [
  ...TERM_ROWS.map(({ term, ...row }) => ({ ...row, call: generate({ term, allowDuplicate }) })),
  { case: 'max_examples 0', call: generate({ term, maxExamples: 0 }), ...invalid('max_examples') },
  { case: 'max_examples −1', call: generate({ term, maxExamples: -1 }), ...invalid('max_examples') },
  { case: 'max_examples 51', call: generate({ term, maxExamples: 51 }), ...invalid('max_examples') },
  {
    case: 'an unsupported language',
    call: generate({ term, language: 'nl' }),
    code: 'FAILED_PRECONDITION',
    reason: 'LANGUAGE_UNSUPPORTED',
  },
  { case: 'a language tag with an underscore', call: generate({ term, language: 'en_US' }), ...invalid('language') },
  { case: 'a language tag of one letter', call: generate({ term, language: 'e' }), ...invalid('language') },
  { case: 'a language tag with U+0000', call: generate({ term, language: 'en\0' }), ...invalid('language') },
  {
    case: 'a language tag of 36 characters',
    call: generate({ term, language: 'en-abcdefgh-abcdefgh-abcdefgh-abcdef' }),
    ...invalid('language'),
  },
  { case: 'an unknown kind', call: generate({ term, kinds: [kind(99)] }), ...invalid('kinds[0]') },
  { case: 'a kind that is not set', call: generate({ term, kinds: [kind(0)] }), ...invalid('kinds[0]') },
  { case: 'a negative kind', call: generate({ term, kinds: [kind(-1)] }), ...invalid('kinds[0]') },
  { case: 'a kind twice', call: generate({ term, kinds: [kind(1), kind(1)] }), ...invalid('kinds') },
  {
    case: 'two mistakes in one request',
    call: generate({ term: '', maxExamples: 99 }),
    ...invalid('term', 'max_examples'),
  },
  {
    case: 'an empty entry in the context',
    call: generate({ term, context: { organisational: ['banking', ''] } }),
    ...invalid('context.organisational[1]'),
  },
  {
    case: 'eleven entries in the context',
    call: generate({ term, context: { juridical: Array.from({ length: 11 }, (_, n) => `law ${n}`) } }),
    ...invalid('context.juridical'),
  },
  {
    case: 'U+0000 in the context',
    call: generate({ term, context: { legalBasis: ['act\0'] } }),
    ...invalid('context.legal_basis[0]'),
  },
  { case: 'a category with a tab', call: generate({ term, category: 'a\tb' }), ...invalid('category') },
  { case: 'a voice of 101 characters', call: generate({ term, voice: 'v'.repeat(101) }), ...invalid('voice') },
  {
    case: 'an unknown voice only degrades the narration',
    call: generate({ term, narrate: true, voice: 'nobody', allowDuplicate }),
    ...ok,
  },
  { case: 'a request id with blanks', call: generate({ term, requestId: 'a b' }), ...invalid('request_id') },
  { case: 'a request id beyond ASCII', call: generate({ term, requestId: 'café' }), ...invalid('request_id') },
  {
    case: 'a request id of 101 characters',
    call: generate({ term, requestId: 'x'.repeat(101) }),
    ...invalid('request_id'),
  },
  {
    case: 'a request id that another request has used',
    call: generate(({ request }) => ({ term: 'mountain', requestId: request.id })),
    code: 'ALREADY_EXISTS',
    reason: 'REQUEST_ID_REUSED',
  },
  {
    case: 'the same request once more',
    call: generate(({ request }) => ({ term: request.term, requestId: request.id })),
    ...ok,
  },
  {
    case: 'a definition that is there already',
    call: generate(({ request }) => ({ term: request.term })),
    code: 'ALREADY_EXISTS',
    reason: 'DEFINITION_EXISTS',
  },
  {
    case: 'a definition that is there already, in other letters',
    call: generate(({ request }) => ({ term: ` ${request.term.toUpperCase()}` })),
    code: 'ALREADY_EXISTS',
    reason: 'DEFINITION_EXISTS',
  },
  { case: 'no deadline', call: generate({ term, allowDuplicate }, {}), ...ok },
  { case: 'a deadline above the maximum', call: generate({ term, allowDuplicate }, { deadlineMs: 86_400_000 }), ...ok },
  {
    case: 'a deadline of 1 ms',
    call: generate({ term, allowDuplicate }, { deadlineMs: 1 }),
    ...bare('DEADLINE_EXCEEDED'),
  },
  { case: 'a field the server does not know', call: generate(withUnknownField('brook')), ...ok },
  { case: 'no bytes at all', call: generate(Buffer.alloc(0)), ...invalid('term') },
  { case: 'text that is no UTF-8', call: generate(wire.badUtf8), ...malformed },
  { case: 'a message that breaks off', call: generate(wire.truncated), ...malformed },
  { case: 'a number where text belongs', call: generate(wire.wrongType), ...malformed },
  { case: 'a field numbered 0', call: generate(wire.fieldZero), ...malformed },
  { case: 'a number that never ends', call: generate(wire.endlessVarint), ...malformed },
  { case: 'groups deeper than the stack', call: generate(wire.deepGroups), ...malformed },
  { case: 'noise in place of a message', call: generate(wire.noise), ...malformed },
  { case: 'a message over the size limit', call: generate(wire.oversize), ...bare('RESOURCE_EXHAUSTED') },
  { case: 'a stream without its request', call: to('streamDefinition', {}), ...invalid('request') },
  {
    case: 'a stream with a bad request inside',
    call: to('streamDefinition', { request: { term, maxExamples: 51 } }),
    ...invalid('request.max_examples'),
  },
  {
    case: 'a stream of an unknown term',
    call: to('streamDefinition', { request: { term: 'xyzzyplugh' } }),
    code: 'NOT_FOUND',
    reason: 'TERM_UNKNOWN',
  },
  { case: 'a negative page size', call: to('listDefinitions', { pageSize: -1 }), ...invalid('page_size') },
  { case: 'a page size above the maximum', call: to('listDefinitions', { pageSize: 2 ** 31 - 1 }), ...ok },
  {
    case: 'a forged page token',
    call: to('listDefinitions', { pageToken: Buffer.from('definitions|0').toString('base64url') }),
    code: 'INVALID_ARGUMENT',
    reason: 'PAGE_TOKEN_INVALID',
    fields: ['page_token'],
  },
  {
    case: 'a page token of 501 characters',
    call: to('listDefinitions', { pageToken: 'x'.repeat(501) }),
    ...invalid('page_token'),
  },
  { case: 'a list of a term with U+0000', call: to('listDefinitions', { term: 'ri\0ver' }), ...invalid('term') },
  {
    case: 'an unknown definition',
    call: to('getDefinition', { name: NO_SUCH }),
    code: 'NOT_FOUND',
    reason: 'DEFINITION_NOT_FOUND',
  },
  {
    case: 'a definition whose id is none of ours',
    call: to('getDefinition', { name: 'definitions/1' }),
    code: 'NOT_FOUND',
    reason: 'DEFINITION_NOT_FOUND',
  },
  { case: 'a name that is no definition', call: to('getDefinition', { name: 'children/1' }), ...invalid('name') },
  { case: 'an empty name', call: to('getDefinition', {}), ...invalid('name') },
  { case: 'a name with ../', call: to('getDefinition', { name: 'definitions/../objects' }), ...invalid('name') },
  { case: 'a name with a line feed', call: to('getDefinition', { name: `${NO_SUCH}\n` }), ...invalid('name') },
  {
    case: 'a delete with an old etag',
    call: to('deleteDefinition', ({ definition }) => ({ name: definition, etag: 'of-long-ago' })),
    code: 'ABORTED',
    reason: 'ETAG_MISMATCH',
  },
  {
    case: 'a delete with an etag of 65 characters',
    call: to('deleteDefinition', ({ definition }) => ({ name: definition, etag: 'e'.repeat(65) })),
    ...invalid('etag'),
  },
  {
    case: 'a delete of an unknown definition',
    call: to('deleteDefinition', { name: NO_SUCH }),
    code: 'NOT_FOUND',
    reason: 'DEFINITION_NOT_FOUND',
  },
  {
    case: 'the history of an unknown definition',
    call: to('listDefinitionRevisions', { parent: NO_SUCH }),
    code: 'NOT_FOUND',
    reason: 'DEFINITION_NOT_FOUND',
  },
  {
    case: 'a history with a negative page size',
    call: to('listDefinitionRevisions', ({ definition }) => ({ parent: definition, pageSize: -5 })),
    ...invalid('page_size'),
  },
  {
    case: 'a history with a forged page token',
    call: to('listDefinitionRevisions', ({ definition }) => ({ parent: definition, pageToken: 'AAAA' })),
    code: 'INVALID_ARGUMENT',
    reason: 'PAGE_TOKEN_INVALID',
    fields: ['page_token'],
  },
  {
    case: 'a method that does not exist',
    call: (made) => ({ ...generate({ term })(made), path: '/exempla.orchestrator.v1.DefinitionService/Nope' }),
    ...bare('UNIMPLEMENTED'),
  },
  {
    case: 'a tenant that is no name',
    call: generate({ term }, { deadlineMs: 10_000, metadata: { 'exempla-tenant': '../other' } }),
    code: 'UNAUTHENTICATED',
    reason: 'TENANT_INVALID',
  },
  {
    case: 'headers that are no trace and no id',
    call: generate(
      { term, allowDuplicate },
      { deadlineMs: 10_000, metadata: { traceparent: '00-zz', 'x-request-id': 'has blanks in it' } },
    ),
    ...ok,
  },
]);
