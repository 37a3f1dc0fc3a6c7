import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';
import {
  type Footer,
  FORMAT,
  FRAME_HEAD_BYTES,
  type FrameType,
  type Header,
  MAX_FRAME_BYTES,
  type ObjectHead,
  type Table,
  type TableSums,
} from './archive-format.ts';
import { BackupError } from './backup-error.ts';
import { RowSum } from './row-sum.ts';

interface Frame {
  readonly type: FrameType;
  readonly payload: Buffer;
}

/** Reads an archive once, front to back. Nothing it hands on is past a frame that is not as it was written. */
export class ArchiveReader {
  readonly #path: string;
  readonly #frames: AsyncGenerator<Frame>;
  readonly #hash = createHash('sha256');

  constructor(path: string, signal: AbortSignal) {
    this.#path = path;
    this.#frames = framesOf(this.#unpacked(signal), this.#hash, (what) => this.#damaged(what));
  }

  async header(): Promise<Header> {
    const header = this.#json<Header>(await this.#next('H'));
    if (header.format > FORMAT) {
      throw new BackupError(
        'ARCHIVE_NEWER',
        `${this.#path} has format ${header.format}, this version of the service reads ${FORMAT}: restore with a newer one`,
      );
    }
    return header;
  }

  /** The table that comes next. Its rows throw at their end when they are not what was written. */
  async table(): Promise<{ table: Table; rows: AsyncGenerator<Buffer, TableSums> }> {
    const table = this.#json<Table>(await this.#next('T'));
    return { table, rows: this.#rows(table) };
  }

  async sequences<T>(): Promise<T> {
    return this.#json<T>(await this.#next('S'));
  }

  /** The bytes of the objects that come next, or the footer when there are no more. */
  async objectOrFooter(): Promise<{ object: ObjectHead; bytes: AsyncGenerator<Buffer> } | { footer: Footer }> {
    const expected = this.#hash.copy();
    const found = await this.#next('O', 'F');
    if (found.type === 'O') {
      const object = this.#json<ObjectHead>(found);
      return { object, bytes: this.#bytes(object) };
    }
    const footer = this.#json<Footer>(found);
    if (footer.sha256 !== expected.digest('hex')) throw this.#damaged('its checksum is wrong');
    if (!(await this.#frames.next()).done) throw this.#damaged('something follows its end');
    return { footer };
  }

  async close(): Promise<void> {
    await this.#frames.return(undefined);
  }

  async *#rows({ name }: Table): AsyncGenerator<Buffer, TableSums> {
    const [hash, sum] = [createHash('sha256'), new RowSum()];
    let bytes = 0;
    let found = await this.#next('D', 'E');
    for (; found.type === 'D'; found = await this.#next('D', 'E')) {
      hash.update(found.payload);
      sum.add(found.payload);
      bytes += found.payload.length;
      yield found.payload;
    }
    const written = this.#json<TableSums>(found);
    const read: TableSums = { rows: sum.rows, bytes, sha256: hash.digest('hex'), rowSum: sum.hex };
    const isSame = read.rows === written.rows && read.sha256 === written.sha256 && read.rowSum === written.rowSum;
    if (!isSame) throw this.#damaged(`the rows of table ${name} are not those that were written`);
    return written;
  }

  async *#bytes({ sha256, sizeBytes }: ObjectHead): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    let size = 0;
    for (let found = await this.#next('D', 'E'); found.type === 'D'; found = await this.#next('D', 'E')) {
      hash.update(found.payload);
      size += found.payload.length;
      yield found.payload;
    }
    if (size !== sizeBytes || hash.digest('hex') !== sha256) throw this.#damaged(`object bytes ${sha256} are wrong`);
  }

  async #next(...types: FrameType[]): Promise<Frame> {
    const { value, done } = await this.#frames.next();
    if (done) throw new BackupError('ARCHIVE_TRUNCATED', `${this.#path} ends too early: it is not the whole archive`);
    if (!types.includes(value.type)) throw this.#damaged(`it has ${value.type} where ${types.join(' or ')} belongs`);
    return value;
  }

  async *#unpacked(signal: AbortSignal): AsyncGenerator<Buffer> {
    // The callback is there so that a failing file ends the other side; the loop below is told of it.
    const unpacked = pipeline(createReadStream(this.#path), createZstdDecompress(), () => {});
    try {
      for await (const chunk of unpacked) {
        signal.throwIfAborted();
        yield chunk as Buffer;
      }
    } catch (error) {
      throw this.#explained(error);
    } finally {
      unpacked.destroy();
    }
  }

  #explained(error: unknown): unknown {
    const { code = '' } = error as { code?: string };
    if (code === 'ZSTD_error_prefix_unknown') return this.#damaged('it is no backup', error);
    if (code.startsWith('ZSTD_error')) return this.#damaged(code.slice('ZSTD_error_'.length), error);
    if (code !== 'Z_BUF_ERROR') return error;
    return new BackupError('ARCHIVE_TRUNCATED', `${this.#path} ends too early: it is not the whole archive`, error);
  }

  #json<T>({ payload }: Frame): T {
    try {
      return JSON.parse(payload.toString('utf8')) as T;
    } catch (error) {
      throw this.#damaged('a frame cannot be read', error);
    }
  }

  #damaged(what: string, cause?: unknown): BackupError {
    return new BackupError('ARCHIVE_DAMAGED', `${this.#path} is damaged: ${what}`, cause);
  }
}

async function* framesOf(
  chunks: AsyncIterable<Buffer>,
  hash: ReturnType<typeof createHash>,
  damaged: (what: string) => BackupError,
): AsyncGenerator<Frame> {
  let pending = Buffer.alloc(0);
  for await (const chunk of chunks) {
    pending = pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([pending, chunk]);
    while (pending.length >= FRAME_HEAD_BYTES) {
      const length = pending.readUInt32BE(1);
      if (length > MAX_FRAME_BYTES) throw damaged('a frame is too long');
      const end = FRAME_HEAD_BYTES + length;
      if (pending.length < end) break;
      hash.update(pending.subarray(0, end));
      yield { type: String.fromCharCode(pending[0]!) as FrameType, payload: pending.subarray(FRAME_HEAD_BYTES, end) };
      pending = pending.subarray(end);
    }
  }
  if (pending.length > 0) throw damaged('its last frame is cut');
}
