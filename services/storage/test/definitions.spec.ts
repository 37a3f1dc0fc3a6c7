import { describe, expect, it } from '@jest/globals';
import { status } from '@exempla/rpc';
import {
  type Definition,
  decideChange,
  DefinitionError,
  definitionKeys,
  stateOf,
  type UpdateDefinitionInput,
} from '../src/definitions/index.ts';
import { fromDefinition, toContent } from '../src/grpc/definition-mapping.ts';
import { checkRequest } from '../src/grpc/request-checks.ts';
import { accepted, contentOf, rejected } from './definition-fixtures.ts';

const NOW = new Date('2026-01-02T03:04:05.678Z');
const current: Definition = {
  ...contentOf(),
  id: '00000000-0000-4000-8000-000000000001',
  state: 'ESTABLISHED',
  etag: 'e1',
  createTime: NOW,
  updateTime: NOW,
};
const update = (change: Partial<UpdateDefinitionInput>): UpdateDefinitionInput => ({
  id: current.id,
  etag: '',
  mask: [],
  values: contentOf({ text: 'New.', category: 'new', examples: [], narration: 'objects/new', assessment: rejected }),
  note: 'why',
  ...change,
});
const reasonOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return error instanceof DefinitionError ? error.reason : String(error);
  }
  return 'nothing was thrown';
};

describe('the state', () => {
  it.each([
    [accepted, 'ESTABLISHED'],
    [rejected, 'DRAFT'],
    [undefined, 'DRAFT'],
  ])('of %j is %s', (assessment, state) => expect(stateOf(assessment)).toBe(state));
});

describe('a change', () => {
  it.each([
    ['category', { category: 'new' }],
    ['narration', { narration: 'objects/new' }],
    ['examples', { examples: [] }],
    ['assessment', { assessment: rejected }],
  ])('of %s touches nothing else', (path, expected) => {
    const { content, revision, etag } = decideChange(current, update({ mask: [path] }), 'e2');
    expect(content).toEqual({ ...current, ...expected });
    expect([revision, etag]).toEqual([undefined, 'e2']);
  });

  it('of the text makes a revision, and a draft until it is assessed', () => {
    const change = decideChange(current, update({ mask: ['text'] }), 'e2');
    expect(change).toMatchObject({ state: 'DRAFT', revision: { text: 'New.', assessment: undefined, note: 'why' } });
    const values = contentOf({ text: 'New.' });
    const assessed = decideChange(current, update({ mask: ['text', 'assessment'], values }), 'e2');
    expect(assessed).toMatchObject({ state: 'ESTABLISHED', revision: { assessment: accepted } });
  });

  it('to the same text makes no revision and keeps the assessment', () => {
    const change = decideChange(current, update({ mask: ['text'], values: contentOf() }), 'e2');
    expect(change).toMatchObject({ state: 'ESTABLISHED', revision: undefined });
  });

  it('is decided by the etag only when there is one', () => {
    const mask = ['category'];
    expect(decideChange(current, update({ mask, etag: 'e1' }), 'e2').etag).toBe('e2');
    expect(reasonOf(() => decideChange(current, update({ mask, etag: 'e0' }), 'e2'))).toBe('ETAG_MISMATCH');
  });

  it.each([[[]], [['*']], [['term']], [['category', 'state']], [['assessment.score']], [['Text']], [['']]])(
    'is refused with the mask %j',
    (mask) => expect(reasonOf(() => decideChange(current, update({ mask }), 'e2'))).toBe('UPDATE_MASK_INVALID'),
  );
});

describe('keys', () => {
  const context = { organisational: ['Bank', 'Police'], juridical: [], legalBasis: [] };
  const of = (change: object) => definitionKeys({ term: 'Power of attorney', context, language: 'en', ...change });
  it.each([
    { term: '  power   OF attorney\n' },
    { language: 'EN' },
    { context: { ...context, organisational: ['police', ' bank ', 'Bank'] } },
    { term: 'Power of attorney'.normalize('NFD') },
  ])('are the same for %j', (change) => expect(of(change)).toEqual(of({})));
  it.each([
    { term: 'powers of attorney' },
    { language: 'nl' },
    { context: { ...context, juridical: ['Bank'] } },
    { context: { ...context, organisational: ['Bank'] } },
    { context: { organisational: [], juridical: ['Bank', 'Police'], legalBasis: [] } },
  ])('differ for %j', (change) => expect(of(change)).not.toEqual(of({})));
});

describe('the mapping', () => {
  it('gives back what it took', () => {
    const wire = fromDefinition(current);
    expect(toContent(wire)).toEqual(contentOf());
    expect(wire).toMatchObject({ name: `definitions/${current.id}`, state: 2, etag: 'e1', createTime: NOW });
  });

  it('says unspecified for names that a newer version wrote', () => {
    const examples = [{ kind: 'PARABLE', status: 'LATE', items: [], wanted: 1, errorReason: '' }];
    expect(fromDefinition({ ...current, examples }).examples[0]).toMatchObject({ kind: 0, status: 0 });
  });
});

describe('request checks', () => {
  const errorOf = (act: () => void): unknown => {
    try {
      act();
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it('name every field at fault by its path in the proto', () => {
    const request = {
      definition: { otherSenses: [{ gloss: 'a\0' }], createTime: NOW },
      requestId: '\0',
      sha: Buffer.of(0),
    };
    const error = errorOf(() => checkRequest(request, { 'definition.term': ' ' }));
    expect(error).toMatchObject({
      code: status.INVALID_ARGUMENT,
      violations: [
        { field: 'definition.term' },
        { field: 'definition.other_senses[0].gloss' },
        { field: 'request_id' },
      ],
    });
  });

  it('let everything else through', () => {
    const request = { text: 'a\u0001\u{1F989}', list: ['b'], nothing: undefined, none: null, number: 1, big: 1n };
    expect(errorOf(() => checkRequest(request, { text: 'x' }))).toBeUndefined();
  });
});
