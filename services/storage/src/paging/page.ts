/** Some items of a list, never none when there are any; `more` tells that others follow. */
export interface Slice<T> {
  readonly items: readonly T[];
  readonly more: boolean;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Empty on the last page. */
  readonly nextPageToken: string;
}

export interface PageInput {
  readonly pageSize: number;
  readonly pageToken: string;
}

/** 0 means 50; above the maximum is taken as the maximum. */
export const pageSizeOf = (asked: number, max = 200): number => (asked === 0 ? 50 : Math.min(asked, max));

/** `seal` makes the token of the place after an item. */
export function toPage<T>({ items, more }: Slice<T>, seal: (last: T) => string): Page<T> {
  const last = items.at(-1);
  return { items, nextPageToken: more && last !== undefined ? seal(last) : '' };
}
