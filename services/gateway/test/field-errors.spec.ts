import { describe, expect, it } from '@jest/globals';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import { fieldErrors, isValidationError, summaryOf } from '../src/http/field-errors.ts';
import { GenerateStory } from '../src/rest/schemas/generate-story.ts';

const validate = TypeBoxValidatorCompiler({ schema: GenerateStory, method: 'POST', url: '/', httpPart: 'body' });

/** `field: message` of each thing that is wrong with a body. */
function wrongWith(body: unknown): string[] {
  const { error } = validate(body) as { error?: unknown };
  const failed = Object.assign(new Error('invalid'), { validation: error, validationContext: 'body' });
  return isValidationError(failed) ? fieldErrors(failed).map(({ field, message }) => `${field}: ${message}`) : [];
}

const child = { name: 'Mia', age: 5, interests: ['stars'] };

describe('what is wrong with a body', () => {
  it('nothing', () => {
    expect(wrongWith({ child, language: 'en' })).toEqual([]);
    expect(wrongWith({ child: { ...child, gender: null }, language: 'en', moral: null, seed: null })).toEqual([]);
  });

  it.each([
    [
      'what is missing',
      { child: { name: 'Mia', interests: ['stars'] } },
      ['child.age: is required', 'language: is required'],
    ],
    [
      'what is too small, although it may be null',
      { child, language: 'en', story_length: 0 },
      ['story_length: must be >= 1'],
    ],
    ['what is not known', { child, language: 'en', heroo: 1 }, ['heroo: is not known here']],
    ['what is of another type', { child: { ...child, age: '5' }, language: 'en' }, ['child.age: must be integer']],
    [
      'an entry',
      { child: { ...child, interests: ['a', ''] }, language: 'en' },
      ['child.interests[1]: must not have fewer than 1 characters'],
    ],
    [
      'characters',
      { child: { ...child, name: 'Mi\u0000a' }, language: 'en' },
      ['child.name: has characters that are not allowed here'],
    ],
    [
      'a choice',
      { child: { ...child, gender: 'girl' }, language: 'en' },
      ['child.gender: must be one of male, female, other'],
    ],
    ['no object at all', 7, ['body: must be object']],
  ])('%s', (_, body, expected) => expect(wrongWith(body).sort()).toEqual(expected));

  it('of very much a few are told', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (__, at) => [`field${at}`, 1]));
    const wrong = wrongWith({ child, language: 'en', ...many });
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.length).toBeLessThan(20);
    expect(wrong[0]).toBe('field0: is not known here');
  });

  it('is summed up by the first and how many more', () => {
    const errors = [
      { field: 'a', message: 'is required' },
      { field: 'b', message: 'is required' },
    ];
    expect(summaryOf(errors)).toBe('a: is required (and 1 more)');
    expect(summaryOf([])).toBe('the request is not valid');
  });
});
