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

/** What is said better by the other errors there are: of a choice, what each alternative has against the value. */
const isVague = ({ keyword, params }: SchemaError): boolean =>
  keyword === 'anyOf' || (keyword === 'type' && params['type'] === 'null');

/** One line for each field that is wrong, of very many the first few, named as in the request. */
export function fieldErrors({ validation, validationContext = 'body' }: ValidationError): FieldProblem[] {
  const found = new Map<string, string>();
  for (const error of validation.filter((one) => !isVague(one)))
    for (const { field, message } of problemsOf(error)) {
      const name = field || validationContext;
      if (!found.has(name)) found.set(name, message);
    }
  return [...found].map(([field, message]) => ({ field, message }));
}

/** The first and how many more. */
export function summaryOf(errors: readonly FieldProblem[]): string {
  const [first, ...more] = errors;
  if (!first) return 'the request is not valid';
  return `${first.field}: ${first.message}${more.length > 0 ? ` (and ${more.length} more)` : ''}`;
}

/** A field that a schema does not have is measured against `false`; of very many only that is told. */
const UNKNOWN = 'is not known here';

function problemsOf({ keyword, instancePath, message = 'is not valid', params }: SchemaError): FieldProblem[] {
  const field = fieldOf(instancePath);
  const below = (names: unknown, text: string): FieldProblem[] =>
    (names as string[]).map((name) => ({ field: field ? `${field}.${name}` : name, message: text }));
  switch (keyword) {
    case 'required':
      return below(params['requiredProperties'], 'is required');
    case 'additionalProperties':
      return below(params['additionalProperties'], UNKNOWN);
    case 'boolean':
      return [{ field, message: UNKNOWN }];
    case 'pattern':
      return [{ field, message: 'has characters that are not allowed here' }];
    case 'enum':
      return [{ field, message: `must be one of ${(params['allowedValues'] as unknown[]).join(', ')}` }];
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
