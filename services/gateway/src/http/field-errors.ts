import type { FieldProblem } from './problem.ts';

/** What a validator says of one field (JSON Schema's own words, as TypeBox and Ajv put them). */
interface SchemaError {
  keyword: string;
  instancePath: string;
  message?: string;
  params: Readonly<Record<string, unknown>>;
}
interface ValidationError extends Error {
  validation: readonly SchemaError[];
  validationContext?: string;
}

export const isValidationError = (error: unknown): error is ValidationError =>
  error instanceof Error && Array.isArray((error as Partial<ValidationError>).validation);

/** More than these help nobody. */
const MOST = 20;
/** What other errors at the same place say better. */
const VAGUE = new Set(['boolean']);

/** One line for each field that is wrong, named as in the request. */
export function fieldErrors({ validation, validationContext = 'body' }: ValidationError): FieldProblem[] {
  const found = new Map<string, string>();
  for (const error of validation) {
    if (VAGUE.has(error.keyword)) continue;
    for (const { field, message } of problemsOf(error)) {
      const told = found.get(field);
      // A choice is told as one: its alternatives come first, each with what it has against the value.
      if (told === undefined || error.keyword === 'anyOf') found.set(field || validationContext, message);
    }
  }
  return [...found].slice(0, MOST).map(([field, message]) => ({ field, message }));
}

/** The first and how many more. */
export function summaryOf(errors: readonly FieldProblem[]): string {
  const [first, ...more] = errors;
  if (!first) return 'the request is not valid';
  return `${first.field}: ${first.message}${more.length > 0 ? ` (and ${more.length} more)` : ''}`;
}

function problemsOf({ keyword, instancePath, message = 'is not valid', params }: SchemaError): FieldProblem[] {
  const field = fieldOf(instancePath);
  const below = (names: unknown, text: string): FieldProblem[] =>
    (names as string[]).map((name) => ({ field: field ? `${field}.${name}` : name, message: text }));
  switch (keyword) {
    case 'required':
      return below(params['requiredProperties'], 'is required');
    case 'additionalProperties':
      return below(params['additionalProperties'], 'is not known here');
    case 'pattern':
      return [{ field, message: 'has characters that are not allowed here' }];
    case 'enum':
      return [{ field, message: `must be one of ${(params['allowedValues'] as unknown[]).join(', ')}` }];
    case 'anyOf':
      return [{ field, message: 'is none of what is allowed here' }];
    default:
      return [{ field, message }];
  }
}

/** `/child/interests/0` as `child.interests[0]`. */
const fieldOf = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path ? `${path}.${part}` : part), '');
