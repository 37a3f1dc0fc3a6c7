import { type FieldViolation, RPC_DOMAIN, status, StatusError } from '@exempla/rpc';

/** INVALID_ARGUMENT for what the rules in the protos cannot say. */
function refuse(violations: readonly FieldViolation[]): void {
  const [first] = violations;
  if (first === undefined) return;
  throw new StatusError(status.INVALID_ARGUMENT, 'INVALID_REQUEST', `${first.field}: ${first.description}`, {
    domain: RPC_DOMAIN,
    metadata: { field: first.field },
    violations,
  });
}

const required = (field: string, value: string): FieldViolation[] =>
  value.trim() === '' ? [{ field, description: 'must not be empty', rule: 'required' }] : [];

/** PostgreSQL cannot keep U+0000 in text. */
function withNul(value: unknown, field: string): FieldViolation[] {
  if (typeof value === 'string') {
    return value.includes('\0') ? [{ field, description: 'must not hold U+0000', rule: 'string.no_nul' }] : [];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => withNul(item, `${field}[${index}]`));
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value) || value instanceof Date) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    withNul(item, field === '' ? wire(name) : `${field}.${wire(name)}`),
  );
}

/** Field paths are those of the proto. */
const wire = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** `fields` are those that must be there, by path. */
export function checkRequest(request: object, fields: Readonly<Record<string, string>> = {}): void {
  refuse([...Object.entries(fields).flatMap(([field, value]) => required(field, value)), ...withNul(request, '')]);
}
