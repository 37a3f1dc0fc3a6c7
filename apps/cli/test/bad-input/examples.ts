import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import type { ExampleKind } from '@exempla/contracts/type/v1/example';
import { at, bare, callsTo, invalid, malformed, ok, type Row, wire, withUnknownField } from './row.ts';
import { TERM_ROWS } from './terms.ts';

const to = callsTo(ExampleServiceDefinition);
const term = 'river';
const kind = (value: number): ExampleKind => value as ExampleKind;

export const EXAMPLES_ROWS: readonly Row[] = at('examples', [
  ...TERM_ROWS.map(({ term, ...row }) => ({ ...row, call: to('generateExamples', { term }) })),
  {
    case: 'an unknown term to define',
    call: to('defineTerm', { term: 'xyzzyplugh' }),
    code: 'NOT_FOUND',
    reason: 'TERM_UNKNOWN',
  },
  {
    case: 'a sense of another term',
    call: to('defineTerm', { term, sense: 'wordnet:n00000000' }),
    code: 'NOT_FOUND',
    reason: 'TERM_UNKNOWN',
  },
  {
    case: 'a sense that is no source',
    call: to('generateExamples', { term, sense: '../../n1' }),
    code: 'NOT_FOUND',
    reason: 'TERM_UNKNOWN',
  },
  { case: 'a sense of 201 characters', call: to('defineTerm', { term, sense: 's'.repeat(201) }), ...invalid('sense') },
  {
    case: 'a text to improve of 10,001 characters',
    call: to('defineTerm', { term, improveText: 'x'.repeat(10_001) }),
    ...invalid('improve_text'),
  },
  {
    case: '51 broken rules',
    call: to('defineTerm', { term, brokenRules: Array.from({ length: 51 }, () => 'rule') }),
    ...invalid('broken_rules'),
  },
  {
    case: 'a broken rule of 101 characters',
    call: to('defineTerm', { term, brokenRules: ['x'.repeat(101)] }),
    ...invalid('broken_rules[0]'),
  },
  {
    case: 'broken rules nobody knows',
    call: to('defineTerm', { term, improveText: 'A thing.', brokenRules: ['no-such-rule', ''] }),
    ...ok,
  },
  {
    case: 'a definition of 10,001 characters',
    call: to('generateExamples', { term, definition: 'x'.repeat(10_001) }),
    ...invalid('definition'),
  },
  {
    case: 'a definition of control characters',
    call: to('generateExamples', { term, definition: '\0\u0001\u001b[2J' }),
    ...ok,
  },
  {
    case: 'a context of control characters',
    call: to('generateExamples', { term, context: { organisational: ['\0'] } }),
    ...invalid('context.organisational[0]'),
  },
  { case: 'max_examples 0', call: to('generateExamples', { term, maxExamples: 0 }), ...invalid('max_examples') },
  { case: 'max_examples −1', call: to('generateExamples', { term, maxExamples: -1 }), ...invalid('max_examples') },
  { case: 'max_examples 51', call: to('generateExamples', { term, maxExamples: 51 }), ...invalid('max_examples') },
  { case: 'max_examples 50', call: to('generateExamples', { term, maxExamples: 50 }), ...ok },
  {
    case: 'an unsupported language',
    call: to('generateExamples', { term, language: 'nl' }),
    code: 'FAILED_PRECONDITION',
    reason: 'LANGUAGE_UNSUPPORTED',
  },
  {
    case: 'a definition in an unsupported language',
    call: to('defineTerm', { term, language: 'nl-BE' }),
    code: 'FAILED_PRECONDITION',
    reason: 'LANGUAGE_UNSUPPORTED',
  },
  { case: 'a malformed language tag', call: to('defineTerm', { term, language: '??' }), ...invalid('language') },
  { case: 'an unknown kind', call: to('generateExamples', { term, kinds: [kind(7)] }), ...invalid('kinds[0]') },
  {
    case: 'a kind twice',
    call: to('generateExamples', { term, kinds: [kind(4), kind(5), kind(4)] }),
    ...invalid('kinds'),
  },
  { case: 'no deadline', call: to('generateExamples', { term }, {}), ...ok },
  {
    case: 'a deadline of 1 ms',
    call: to('generateExamples', { term }, { deadlineMs: 1 }),
    ...bare('DEADLINE_EXCEEDED'),
  },
  { case: 'a field the server does not know', call: to('generateExamples', withUnknownField('river')), ...ok },
  { case: 'an unknown field where there is no other', call: to('getCapabilities', wire.unknownField), ...ok },
  { case: 'noise where there is no field', call: to('getCapabilities', wire.truncated), ...malformed },
  { case: 'text that is no UTF-8', call: to('defineTerm', wire.badUtf8), ...malformed },
  { case: 'a message that breaks off', call: to('defineTerm', wire.truncated), ...malformed },
  { case: 'a number where text belongs', call: to('defineTerm', wire.wrongType), ...malformed },
  { case: 'noise in place of a message', call: to('generateExamples', wire.noise), ...malformed },
  { case: 'a message over the size limit', call: to('defineTerm', wire.oversize), ...bare('RESOURCE_EXHAUSTED') },
  {
    case: 'a message over the size limit, compressed to less',
    call: to('defineTerm', wire.oversize),
    gzip: true,
    ...bare('RESOURCE_EXHAUSTED'),
  },
  { case: 'a compressed message', call: to('defineTerm', { term }), gzip: true, ...ok },
  { case: 'a stream without its request', call: to('streamExamples', {}), ...invalid('request') },
  { case: 'a stream of noise', call: to('streamExamples', wire.noise), ...malformed },
  { case: 'a stream of text that is no message', call: to('streamExamples', wire.badUtf8), ...malformed },
  {
    case: 'a stream with a bad request inside',
    call: to('streamExamples', { request: { term: '', kinds: [kind(99)] } }),
    ...invalid('request.term', 'request.kinds[0]'),
  },
  {
    case: 'a stream of an unknown term',
    call: to('streamExamples', { request: { term: 'xyzzyplugh' } }),
    code: 'NOT_FOUND',
    reason: 'TERM_UNKNOWN',
  },
]);
