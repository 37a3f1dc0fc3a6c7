import { createHash, type Hash, hash } from 'node:crypto';

const LINE_FEED = 0x0a;

/**
 * The sum of the SHA-256 of every row of COPY text, so that the order of rows does not matter. A row is a line: line feeds
 * within values are escaped.
 */
export class RowSum {
  rows = 0;
  readonly #lanes = new Uint32Array(8);
  /** Of a row whose end has not come yet. */
  #begun: Hash | undefined;

  add(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      this.#finishRow(chunk.subarray(from, end));
      from = end + 1;
    }
    if (from < chunk.length) (this.#begun ??= createHash('sha256')).update(chunk.subarray(from));
  }

  get hex(): string {
    return Array.from(this.#lanes, (lane) => lane.toString(16).padStart(8, '0')).join('');
  }

  #finishRow(rest: Buffer): void {
    const digest = this.#begun ? this.#begun.update(rest).digest() : hash('sha256', rest, 'buffer');
    this.#begun = undefined;
    this.rows += 1;
    for (let lane = 0; lane < 8; lane += 1) this.#lanes[lane]! += digest.readUInt32BE(4 * lane);
  }
}
