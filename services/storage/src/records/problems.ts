import type { Problem } from './record.ts';

/** Of fields that have to say something. */
export function blankOf(fields: Readonly<Record<string, string>>): Problem | undefined {
  const field = Object.keys(fields).find((name) => fields[name]?.trim() === '');
  return field === undefined ? undefined : { field, why: 'must not be empty' };
}

/** Of lists of such. */
export function blankIn(lists: Readonly<Record<string, readonly string[]>>): Problem | undefined {
  for (const [field, items] of Object.entries(lists)) {
    const empty = items.findIndex((item) => item.trim() === '');
    if (empty >= 0) return { field: `${field}[${empty}]`, why: 'must not be empty' };
  }
  return undefined;
}
