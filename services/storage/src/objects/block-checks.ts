import { crc32 } from 'node:zlib';

/** What can be verified by itself. It is also what a download hands on at once, so no damaged byte leaves the service. */
export const BLOCK_BYTES = 64 * 1024;

/** Of one checksum. CRC-32 finds every change within 4 bytes, and others but for one in 2³². */
export const CHECK_BYTES = 4;

/** Checksums of the blocks of a stream, taken while it passes. The last block may be shorter. */
export class BlockChecks {
  #checks = Buffer.alloc(64 * CHECK_BYTES);
  #length = 0;
  #inBlock = 0;
  #crc = 0;

  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + BLOCK_BYTES - this.#inBlock);
      this.#crc = crc32(piece, this.#crc);
      this.#inBlock += piece.length;
      at += piece.length;
      if (this.#inBlock === BLOCK_BYTES) this.#close();
    }
  }

  /** All of them, in order. Nothing may be added after. */
  end(): Buffer {
    if (this.#inBlock > 0) this.#close();
    return this.#checks.subarray(0, this.#length);
  }

  #close(): void {
    if (this.#length === this.#checks.length) {
      this.#checks = Buffer.concat([this.#checks, Buffer.alloc(this.#checks.length)]);
    }
    this.#length = this.#checks.writeUInt32BE(this.#crc, this.#length);
    this.#inBlock = 0;
    this.#crc = 0;
  }
}

/** `index` counts from the first block that `checks` are of. */
export const isBlockRight = (block: Uint8Array, checks: Buffer, index: number): boolean =>
  (index + 1) * CHECK_BYTES <= checks.length && crc32(block) === checks.readUInt32BE(index * CHECK_BYTES);
