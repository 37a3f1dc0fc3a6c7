/**
 * The part of WASI preview 1 that a command with in-memory files needs. A text never touches a disk, nothing is left
 * behind when the thread is terminated in the middle of a call, and the file system may be read-only.
 * https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md
 */
const OK = 0;
const EBADF = 8;
const ENOENT = 44;
const ESPIPE = 70;
const [CHARACTER_DEVICE, DIRECTORY, REGULAR_FILE] = [2, 3, 4];
const ROOT_FD = 3;
const [OPEN_CREATE, OPEN_TRUNCATE] = [1, 8];
const FIRST_FILE_BYTES = 1 << 16;
const MAX_OUTPUT_BYTES = 4096;

interface MemoryFile {
  bytes: Uint8Array<ArrayBuffer>;
  size: number;
}
interface OpenFile {
  readonly file: MemoryFile;
  at: number;
}

/** The program ended by itself; thrown through its frames to stop it. */
export class ProgramExit extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`the program ended with code ${code}`);
    this.name = 'ProgramExit';
    this.code = code;
  }
}

/** The host side of one run of one program. */
export class MemoryWasi {
  /** Set before the program starts. */
  args: readonly string[] = [];
  /** What it wrote to its standard output and error, cut to 4 KiB. */
  output = '';
  readonly #files = new Map<string, MemoryFile>();
  readonly #open = new Map<number, OpenFile>();
  #nextFd = ROOT_FD + 1;
  #memory: WebAssembly.Memory | undefined;

  /** Runs `_start` of an instance made with `imports`; resolves to its exit code. */
  run(instance: WebAssembly.Instance): number {
    this.#memory = instance.exports['memory'] as WebAssembly.Memory;
    try {
      (instance.exports['_start'] as () => void)();
      return 0;
    } catch (error) {
      if (error instanceof ProgramExit) return error.code;
      throw error;
    }
  }

  writeFile(path: string, bytes: Uint8Array<ArrayBuffer>): void {
    this.#files.set(path, { bytes, size: bytes.length });
  }

  /** The bytes of a file, or undefined when there is none of that path. */
  readFile(path: string): Uint8Array<ArrayBuffer> | undefined {
    const file = this.#files.get(path);
    return file?.bytes.subarray(0, file.size);
  }

  readonly imports = {
    wasi_snapshot_preview1: {
      args_sizes_get: (countAt: number, bytesAt: number): number => {
        this.#view.setUint32(countAt, this.args.length, true);
        this.#view.setUint32(
          bytesAt,
          this.#argBytes().reduce((sum, arg) => sum + arg.length, 0),
          true,
        );
        return OK;
      },
      args_get: (pointersAt: number, bytesAt: number): number => {
        let at = bytesAt;
        for (const [index, arg] of this.#argBytes().entries()) {
          this.#view.setUint32(pointersAt + 4 * index, at, true);
          this.#bytes.set(arg, at);
          at += arg.length;
        }
        return OK;
      },
      clock_time_get: (_clock: number, _precision: bigint, resultAt: number): number => {
        this.#view.setBigUint64(resultAt, BigInt(Math.round(performance.now() * 1e6)), true);
        return OK;
      },
      fd_close: (fd: number): number => (this.#open.delete(fd) ? OK : EBADF),
      fd_fdstat_get: (fd: number, resultAt: number): number => {
        if (fd > ROOT_FD && !this.#open.has(fd)) return EBADF;
        this.#bytes.fill(0, resultAt, resultAt + 24);
        this.#view.setUint8(resultAt, fd < ROOT_FD ? CHARACTER_DEVICE : fd === ROOT_FD ? DIRECTORY : REGULAR_FILE);
        this.#view.setBigUint64(resultAt + 8, 0xffff_ffff_ffff_ffffn, true);
        this.#view.setBigUint64(resultAt + 16, 0xffff_ffff_ffff_ffffn, true);
        return OK;
      },
      fd_fdstat_set_flags: (): number => OK,
      fd_prestat_get: (fd: number, resultAt: number): number => {
        if (fd !== ROOT_FD) return EBADF;
        this.#view.setUint32(resultAt, 0, true);
        this.#view.setUint32(resultAt + 4, 1, true);
        return OK;
      },
      fd_prestat_dir_name: (fd: number, nameAt: number): number => {
        if (fd !== ROOT_FD) return EBADF;
        this.#bytes[nameAt] = '/'.charCodeAt(0);
        return OK;
      },
      fd_read: (fd: number, vectorsAt: number, vectors: number, readAt: number): number => {
        const open = this.#open.get(fd);
        if (!open && fd !== 0) return EBADF;
        let read = 0;
        for (const target of open ? this.#vectors(vectorsAt, vectors) : []) read += readInto(target, open);
        this.#view.setUint32(readAt, read, true);
        return OK;
      },
      fd_write: (fd: number, vectorsAt: number, vectors: number, writtenAt: number): number => {
        const open = this.#open.get(fd);
        if (!open && fd !== 1 && fd !== 2) return EBADF;
        let written = 0;
        for (const source of this.#vectors(vectorsAt, vectors)) {
          if (open) writeFrom(source, open);
          else this.output = (this.output + Buffer.from(source).toString('latin1')).slice(0, MAX_OUTPUT_BYTES);
          written += source.length;
        }
        this.#view.setUint32(writtenAt, written, true);
        return OK;
      },
      fd_seek: (fd: number, offset: bigint, whence: number, resultAt: number): number => {
        const open = this.#open.get(fd);
        if (!open) return fd < ROOT_FD ? ESPIPE : EBADF;
        open.at = Math.max(0, Number(offset) + ([0, open.at, open.file.size][whence] ?? 0));
        this.#view.setBigUint64(resultAt, BigInt(open.at), true);
        return OK;
      },
      path_open: (
        _dirFd: number,
        _lookup: number,
        pathAt: number,
        pathBytes: number,
        flags: number,
        _rights: bigint,
        _inherited: bigint,
        _fdFlags: number,
        fdAt: number,
      ): number => {
        const path = `/${Buffer.from(this.#bytes.subarray(pathAt, pathAt + pathBytes)).toString()}`;
        let file = this.#files.get(path);
        if (!file && !(flags & OPEN_CREATE)) return ENOENT;
        file ??= { bytes: new Uint8Array(FIRST_FILE_BYTES), size: 0 };
        if (flags & OPEN_TRUNCATE) file.size = 0;
        this.#files.set(path, file);
        const fd = this.#nextFd++;
        this.#open.set(fd, { file, at: 0 });
        this.#view.setUint32(fdAt, fd, true);
        return OK;
      },
      proc_exit: (code: number): never => {
        throw new ProgramExit(code);
      },
    },
  };

  // The program may grow its memory at any time, which detaches earlier views.
  get #bytes(): Uint8Array {
    if (!this.#memory) throw new Error('the program has not been started');
    return new Uint8Array(this.#memory.buffer);
  }

  get #view(): DataView {
    return new DataView(this.#bytes.buffer);
  }

  #argBytes(): Uint8Array[] {
    return this.args.map((arg) => new TextEncoder().encode(`${arg}\0`));
  }

  #vectors(at: number, count: number): Uint8Array[] {
    const part = (index: number): Uint8Array => {
      const start = this.#view.getUint32(at + 8 * index, true);
      return this.#bytes.subarray(start, start + this.#view.getUint32(at + 8 * index + 4, true));
    };
    return Array.from({ length: count }, (_, index) => part(index));
  }
}

function readInto(target: Uint8Array, open: OpenFile | undefined): number {
  if (!open) return 0;
  const source = open.file.bytes.subarray(open.at, Math.min(open.file.size, open.at + target.length));
  target.set(source);
  open.at += source.length;
  return source.length;
}

function writeFrom(source: Uint8Array, open: OpenFile): void {
  const { file } = open;
  const end = open.at + source.length;
  if (end > file.bytes.length) {
    const grown = new Uint8Array(Math.max(end, 2 * file.bytes.length));
    grown.set(file.bytes.subarray(0, file.size));
    file.bytes = grown;
  }
  file.bytes.set(source, open.at);
  open.at = end;
  file.size = Math.max(file.size, end);
}
