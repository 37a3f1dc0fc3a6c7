import type { DatabaseCall, PostgresPool } from './postgres-pool.ts';

/** The secret that page tokens are signed with, read once: it never changes. */
export class PageTokenKey {
  readonly #pool: PostgresPool;
  #secret: Uint8Array | undefined;

  constructor(pool: PostgresPool) {
    this.#pool = pool;
  }

  async read(call: DatabaseCall): Promise<Uint8Array> {
    if (this.#secret) return this.#secret;
    const [row] = await this.#pool.query<{ secret: Buffer }>(call, 'select secret from storage.page_token_key');
    if (!row) throw new Error('storage.page_token_key is empty');
    return (this.#secret = row.secret);
  }
}
