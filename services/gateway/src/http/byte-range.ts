/** Bytes of something, both ends included. */
export interface ByteRange {
  first: number;
  last: number;
}

/** One range; several, or another unit, are not served in parts and so may be ignored (RFC 9110, 14.2). */
const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * What a Range header asks for of `size` bytes: undefined for all of it, also where the header is not valid, and
 * 'unsatisfiable' where it asks for none of them.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, from = '', to = ''] = (header === undefined ? null : RANGE.exec(header)) ?? [];
  if (from === '' && to === '') return undefined;
  if (from === '') return lastBytes(Number(to), size);
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return undefined;
  return first < size ? { first, last } : 'unsatisfiable';
}

function lastBytes(count: number, size: number): ByteRange | 'unsatisfiable' {
  if (count === 0 || size === 0) return 'unsatisfiable';
  return { first: Math.max(0, size - count), last: size - 1 };
}
