import type { Slice } from '../paging/index.ts';

/** A page stays well below the 4 MiB that a gRPC message may have. Measured as text, which is the most it can be. */
const MAX_PAGE_BYTES = 3 * 1024 * 1024;

/** Rows of `from` in `order`, up to `limit` and to the page's bytes, at least one; `more` tells that some were left. */
export function slice(columns: string, bytes: string, from: string, order: string, limit: string): string {
  return `
    with candidates as (
      select ${columns}, ${bytes} as own_bytes, row_number() over (order by ${order}) as nth
      from ${from} order by ${order} limit ${limit} + 1
    ), measured as (
      select *, sum(own_bytes) over (order by nth) as bytes_so_far, count(*) over () as found from candidates
    )
    select *, nth < found as more from measured
    where nth <= ${limit} and (nth = 1 or bytes_so_far <= ${MAX_PAGE_BYTES}) order by nth`;
}

export const toSlice = <R extends { more: boolean }, T>(rows: R[], to: (row: R) => T): Slice<T> => ({
  items: rows.map(to),
  more: rows.at(-1)?.more ?? false,
});
