// A backup is one zstd stream of frames: a letter, the length of the payload (four bytes, big endian), the payload.
//
//   H  what the archive holds         T D* E  a table: its name, rows as COPY text, sums
//   S  sequences                      O D* E  bytes of objects, once per hash
//   F  totals and the sha256 of every byte before it: without it, the archive is cut short

/** Raised when an older reader could not read what is written. */
export const FORMAT = 1;

export type FrameType = 'H' | 'T' | 'D' | 'E' | 'S' | 'O' | 'F';

export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface Header {
  readonly format: number;
  readonly createTime: string;
  readonly schemaVersion: number;
  readonly migrations: readonly { readonly version: number; readonly name: string; readonly sha256: string }[];
  /** In the order they are in: a table stands after those it refers to. */
  readonly tables: readonly Table[];
  /** Whether the bytes of objects are in it. */
  readonly hasObjects: boolean;
}

export interface TableSums {
  readonly rows: number;
  readonly bytes: number;
  /** Of the rows as they stand in the archive. */
  readonly sha256: string;
  /** Of the rows whatever their order: what the restored table is compared by. */
  readonly rowSum: string;
}

export interface Sequence {
  readonly name: string;
  /** int8 as text. */
  readonly lastValue: string;
  readonly isCalled: boolean;
}

export interface ObjectHead {
  readonly sha256: string;
  readonly sizeBytes: number;
}

export interface Totals {
  readonly tables: number;
  readonly rows: number;
  readonly objects: number;
  readonly objectBytes: number;
}

export interface Footer extends Totals {
  /** Of all frames before this one. */
  readonly sha256: string;
}

export const FRAME_HEAD_BYTES = 5;
/** No frame is longer; data is cut into pieces. */
export const MAX_FRAME_BYTES = 1024 * 1024;

export function frame(type: FrameType, payload: Buffer): Buffer {
  const head = Buffer.allocUnsafe(FRAME_HEAD_BYTES);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(payload.length, 1);
  return Buffer.concat([head, payload]);
}

export const jsonFrame = (type: FrameType, value: unknown): Buffer => frame(type, Buffer.from(JSON.stringify(value)));

export function* dataFrames(chunk: Buffer): Generator<Buffer> {
  for (let at = 0; at < chunk.length; at += MAX_FRAME_BYTES) yield frame('D', chunk.subarray(at, at + MAX_FRAME_BYTES));
}
