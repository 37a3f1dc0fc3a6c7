import { beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryWasi } from '../src/adapters/memory-wasi.ts';

/** Plays the program: its memory, and calls of WASI with text and vectors placed in it. */
class Program {
  readonly memory = new WebAssembly.Memory({ initial: 1 });
  readonly wasi = new MemoryWasi();
  readonly bytes = new Uint8Array(this.memory.buffer);
  readonly view = new DataView(this.memory.buffer);
  readonly calls = this.wasi.imports.wasi_snapshot_preview1;

  run(start: () => void): number {
    return this.wasi.run({ exports: { memory: this.memory, _start: start } } as unknown as WebAssembly.Instance);
  }

  open(path: string, flags: number): { code: number; fd: number } {
    const name = Buffer.from(path);
    this.bytes.set(name, 1_000);
    const code = this.calls.path_open(3, 0, 1_000, name.length, flags, 0n, 0n, 0, 900);
    return { code, fd: this.view.getUint32(900, true) };
  }

  write(fd: number, ...texts: string[]): number {
    let at = 2_000;
    for (const [index, text] of texts.entries()) {
      this.view.setUint32(100 + 8 * index, at, true);
      this.view.setUint32(104 + 8 * index, text.length, true);
      this.bytes.set(Buffer.from(text), at);
      at += text.length;
    }
    return this.calls.fd_write(fd, 100, texts.length, 90);
  }

  read(fd: number, length: number): string {
    this.view.setUint32(100, 2_000, true);
    this.view.setUint32(104, length, true);
    this.calls.fd_read(fd, 100, 1, 90);
    return Buffer.from(this.bytes.subarray(2_000, 2_000 + this.view.getUint32(90, true))).toString();
  }
}

const CREATE = 1;
const TRUNCATE = 8;
let program: Program;
beforeEach(() => {
  program = new Program();
});

describe('a run', () => {
  it('ends with 0, with the code of proc_exit, or with the trap', () => {
    expect(program.run(() => {})).toBe(0);
    expect(program.run(() => program.calls.proc_exit(3))).toBe(3);
    expect(() =>
      program.run(() => {
        throw new RangeError('trap');
      }),
    ).toThrow('trap');
  });

  it('gets its arguments', () => {
    program.wasi.args = ['flite', '-f', 'é'];
    program.run(() => {
      program.calls.args_sizes_get(0, 4);
      program.calls.args_get(16, 64);
    });
    expect([program.view.getUint32(0, true), program.view.getUint32(4, true)]).toEqual([3, 12]);
    const second = program.view.getUint32(20, true);
    expect(Buffer.from(program.bytes.subarray(64, 76)).toString()).toBe('flite\0-f\0é\0');
    expect(second).toBe(70);
  });

  it('has its output kept, up to a limit', () => {
    program.run(() => {
      program.write(1, 'out ', 'and ');
      for (let i = 0; i < 100; i++) program.write(2, 'error '.repeat(20));
    });
    expect(program.wasi.output).toMatch(/^out and error /);
    expect(program.wasi.output.length).toBe(4_096);
  });
});

describe('files', () => {
  it('are read piece by piece to their end', () => {
    program.wasi.writeFile('/text', new Uint8Array(Buffer.from('hello')));
    const read: string[] = [];
    program.run(() => {
      const { fd } = program.open('text', 0);
      read.push(program.read(fd, 3), program.read(fd, 3), program.read(fd, 3));
    });
    expect(read).toEqual(['hel', 'lo', '']);
  });

  it('are written, overwritten in place, and grow', () => {
    program.run(() => {
      const { fd } = program.open('sound', CREATE | TRUNCATE);
      for (let i = 0; i < 2_000; i++) program.write(fd, 'x'.repeat(50), 'y'.repeat(50));
      program.calls.fd_seek(fd, 4n, 0, 90);
      program.write(fd, 'SIZE');
      program.calls.fd_seek(fd, 0n, 2, 90);
      program.write(fd, 'end');
    });
    const file = Buffer.from(program.wasi.readFile('/sound') ?? []);
    expect([file.length, file.toString('latin1', 0, 10), file.toString('latin1', 199_998)]).toEqual([
      200_003,
      'xxxxSIZExx',
      'yyend',
    ]);
  });

  it('that are opened to be written anew are empty first', () => {
    program.wasi.writeFile('/sound', new Uint8Array(Buffer.from('old')));
    program.run(() => program.write(program.open('sound', CREATE | TRUNCATE).fd, 'n'));
    expect(Buffer.from(program.wasi.readFile('/sound') ?? []).toString()).toBe('n');
  });

  it('that are not there are not found; nothing of the machine is', () => {
    const codes: number[] = [];
    program.run(() => codes.push(program.open('etc/passwd', 0).code, program.open('../../etc/passwd', 0).code));
    expect(codes).toEqual([44, 44]);
    expect(program.wasi.readFile('/etc/passwd')).toBeUndefined();
  });

  it('that are not open are refused', () => {
    const codes: number[] = [];
    program.run(() => {
      codes.push(program.write(9, 'x'), program.calls.fd_read(9, 100, 0, 90), program.calls.fd_close(9));
      codes.push(
        program.calls.fd_seek(9, 0n, 0, 90),
        program.calls.fd_fdstat_get(9, 90),
        program.calls.fd_prestat_get(4, 90),
      );
    });
    expect(codes).toEqual([8, 8, 8, 8, 8, 8]);
  });
});
