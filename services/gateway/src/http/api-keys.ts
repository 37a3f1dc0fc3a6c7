import { hash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Claims } from '@exempla/rpc';

/** `id tenant sha256-of-the-key`; the digest in hex, so that the file tells nobody a key. */
const LINE = /^([A-Za-z0-9][A-Za-z0-9._-]{0,62})\s+([A-Za-z0-9][A-Za-z0-9._-]{0,62})\s+([0-9a-fA-F]{64})$/;
/** Nobody's key is longer. */
const MAX_CHARACTERS = 512;

interface KnownKey {
  claims: Claims;
  digest: Buffer;
}

/** Keys that callers from outside bring in `x-api-key`. */
export class ApiKeys {
  readonly #known: readonly KnownKey[];

  /** Throws naming the line that is wrong. Empty lines and those that begin with `#` are passed over. */
  constructor(text: string) {
    this.#known = text
      .split('\n')
      .map((line, at) => ({ line: line.trim(), at: at + 1 }))
      .filter(({ line }) => line !== '' && !line.startsWith('#'))
      .map(({ line, at }) => knownKey(line, at));
  }

  /** Whose key it is, or undefined. Takes the same time whichever of the keys it is, or none. */
  verify(key: string): Claims | undefined {
    if (key.length > MAX_CHARACTERS) return undefined;
    const digest = hash('sha256', key, 'buffer');
    let found: Claims | undefined;
    for (const known of this.#known) if (timingSafeEqual(known.digest, digest)) found = known.claims;
    return found;
  }
}

function knownKey(line: string, at: number): KnownKey {
  const [, id, tenant, hex] = LINE.exec(line) ?? [];
  if (!id || !tenant || !hex) throw new Error(`line ${at} is not "id tenant sha256-in-hex"`);
  return { claims: { tenant, subject: `key:${id}`, admin: false }, digest: Buffer.from(hex, 'hex') };
}

/** The keys of a file; none when it is not told. */
export async function readApiKeys(file: string): Promise<ApiKeys | undefined> {
  if (file === '') return undefined;
  try {
    return new ApiKeys(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(`EXEMPLA_GATEWAY_API_KEYS_FILE: ${(error as Error).message}`, { cause: error });
  }
}
