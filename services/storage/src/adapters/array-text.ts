const ESCAPED = /["\\]/;
const EACH_ESCAPED = /["\\]/g;

/**
 * An array in PostgreSQL's own notation. The driver would write it too, element by element: in a batch of appends that
 * was most of what it did.
 */
export function textArray(values: readonly string[]): string {
  if (values.length === 0) return '{}';
  const escaped = ESCAPED.test(values.join('')) ? values.map((value) => value.replace(EACH_ESCAPED, '\\$&')) : values;
  return `{"${escaped.join('","')}"}`;
}

export const numberArray = (values: readonly number[]): string => `{${values.join(',')}}`;
