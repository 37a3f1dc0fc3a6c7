export type PagingErrorReason = 'PAGE_TOKEN_INVALID';

/** The token is none of this list's. The message is written for the caller. */
export class PageTokenError extends Error {
  override readonly name = 'PageTokenError';
  readonly reason: PagingErrorReason = 'PAGE_TOKEN_INVALID';
  readonly metadata: Record<string, string>;

  constructor(token: string) {
    super('the page token was not made by this list; start again with an empty one and keep the other fields the same');
    this.metadata = { field: 'page_token', page_token: token };
  }
}
