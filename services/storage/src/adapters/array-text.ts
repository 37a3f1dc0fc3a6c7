const ESCAPED = /["\\]/;
const EACH_ESCAPED = /["\\]/g;

/**
 * An array in PostgreSQL's own notation. The driver would write it too, but looks at each element by itself, and a batch
 * of appends has thousands.
 */
export function textArray(values: readonly string[]): string {
  if (values.length === 0) return '{}';
  const escaped = ESCAPED.test(values.join('')) ? values.map((value) => value.replace(EACH_ESCAPED, '\\$&')) : values;
  return `{"${escaped.join('","')}"}`;
}

export const numberArray = (values: readonly number[]): string => `{${values.join(',')}}`;
