import { type Cipheriv, createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

const BLOCK_BYTES = 16;
const NUMBER_BYTES = 8;
/** 16 bytes in base64url. */
const TOKEN = /^[A-Za-z0-9_-]{22}$/;
const MAX_TENANTS = 1_000;

/** Setting up a cipher takes longer than a block: one is kept for each tenant. Blocks go through it one by one. */
interface TenantKey {
  readonly key: Buffer;
  readonly sealer: Cipheriv;
}

/**
 * Positions count the events of all tenants, so a tenant that saw them could tell how busy the others are. It is given
 * each as one block of AES-256 under a key of its own: eight zero bytes and the number. Only the service can put two of
 * them in order; a token that is made up, or another tenant's, does not open to eight zeros (one in 2^64 would).
 */
export class PositionTokens {
  readonly #secret: Uint8Array;
  readonly #keys = new Map<string, TenantKey>();

  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  /** Tokens in the order of the positions. */
  seal(tenant: string, positions: readonly bigint[]): string[] {
    const blocks = Buffer.alloc(positions.length * BLOCK_BYTES);
    positions.forEach((position, i) => blocks.writeBigUInt64BE(position, i * BLOCK_BYTES + NUMBER_BYTES));
    // Blocks are independent of each other and none comes twice: what makes this mode unfit for texts makes it fit here.
    const sealed = this.#keyOf(tenant).sealer.update(blocks);
    return positions.map((_, i) => sealed.toString('base64url', i * BLOCK_BYTES, (i + 1) * BLOCK_BYTES));
  }

  /** Undefined when it is not one of this tenant's. */
  open(tenant: string, token: string): bigint | undefined {
    const sealed = Buffer.from(token, 'base64url');
    // A decoder that skips stray bits would let one token be written in many ways.
    if (!TOKEN.test(token) || sealed.toString('base64url') !== token) return undefined;
    const block = createDecipheriv('aes-256-ecb', this.#keyOf(tenant).key, null).setAutoPadding(false).update(sealed);
    return block.readBigUInt64BE(0) === 0n ? block.readBigUInt64BE(NUMBER_BYTES) : undefined;
  }

  #keyOf(tenant: string): TenantKey {
    const known = this.#keys.get(tenant);
    if (known) return known;
    const key = createHmac('sha256', this.#secret)
      .update(JSON.stringify(['event position', tenant]))
      .digest();
    const made = { key, sealer: createCipheriv('aes-256-ecb', key, null).setAutoPadding(false) };
    if (this.#keys.size >= MAX_TENANTS) this.#keys.clear();
    this.#keys.set(tenant, made);
    return made;
  }
}
