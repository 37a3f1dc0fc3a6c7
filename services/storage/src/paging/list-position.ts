import { PageTokenError } from './page-token-error.ts';
import { openPageToken, sealPageToken, type TokenScope } from './page-tokens.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Names may hold other ids than ours: those simply do not exist. */
export const isUuid = (id: string): boolean => UUID.test(id);

/** A place in a list that is ordered by time and id, newest first. */
export interface ListPosition {
  readonly createTime: Date;
  readonly id: string;
}

export function sealPosition(key: Uint8Array, scope: TokenScope, { createTime, id }: ListPosition): string {
  return sealPageToken(key, scope, `${createTime.getTime()} ${id}`);
}

/** Nothing for the empty token, which asks for the first page. */
export function openPosition(key: Uint8Array, scope: TokenScope, token: string): ListPosition | undefined {
  if (token === '') return undefined;
  const [time = '', id = ''] = openPageToken(key, scope, token).split(' ');
  if (!isUuid(id)) throw new PageTokenError(token);
  return { createTime: new Date(Number(time)), id };
}
