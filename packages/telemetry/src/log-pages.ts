import { pino, type DestinationStream } from 'pino';

/**
 * Lines go to the operating system by the page: writing goes through a thread, and waking that costs as much as making ten
 * lines. Pages of 8 KiB were measured at 6 µs a line, these at 0.5.
 */
const PAGE_CHARACTERS = 64 << 10;
/** A page that does not get full waits this long. */
const PAGE_MS = 50;
const FLUSH_LIMIT_MS = 2_000;
/** Lines that wait for a reader who does not read; those beyond are dropped, memory is not. */
const MAX_WAITING_BYTES = 8 << 20;

/** Not 0, with which a flush waits for nothing. */
const AT_ONCE = 1;

type Sink = ReturnType<typeof pino.destination>;

/** Pages that a process which ends has still to write. */
const open = new Set<LogPages>();

/**
 * Writes lines to a file, a pipe or a terminal without anybody waiting. The page is kept here and not by the stream below,
 * which would measure all of it again with every line.
 */
export class LogPages implements DestinationStream {
  readonly #sink: Sink;
  #page = '';
  #timer: NodeJS.Timeout | undefined;

  /** `dest` is a path, or the number of an open file. */
  constructor(dest: string | number) {
    this.#sink = pino.destination({
      dest,
      sync: false,
      minLength: AT_ONCE,
      maxLength: MAX_WAITING_BYTES,
      contentMode: 'buffer',
    });
    if (open.size === 0) process.on('exit', writeAll);
    open.add(this);
  }

  write(line: string): void {
    this.#page += line;
    if (this.#page.length >= PAGE_CHARACTERS) this.#turn();
    else this.#timer ??= setTimeout(() => this.#turn(), PAGE_MS).unref();
  }

  /**
   * Calls back when every line so far has been handed to the operating system; or, where a reader stands still, after two
   * seconds: then what waits is given up, and holds up nobody's exit.
   */
  flush(done: (error?: Error) => void): void {
    this.#turn();
    const limit = setTimeout(() => {
      this.#giveUp();
      done(new Error('the reader of the log stands still'));
    }, FLUSH_LIMIT_MS);
    // It also asks the system to write its own buffers, which a pipe has none of and refuses: no failure of ours.
    this.#sink.flush(() => {
      clearTimeout(limit);
      if (open.has(this)) done();
    });
  }

  /**
   * Writes what waits, and waits for it: there will be no other turn of the loop. A page that a thread is writing at this
   * moment is left to that thread, which a sudden `process.exit` may not let finish; `flush` does.
   */
  writeNow(): void {
    // The stream is only to queue the last page: it would begin to write it in a thread that is not waited for.
    (this.#sink as unknown as { minLength: number }).minLength = Infinity;
    this.#turn();
    this.#sink.flushSync();
  }

  #giveUp(): void {
    open.delete(this);
    this.#page = '';
    this.#sink.destroy();
  }

  #turn(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#page === '' || !open.has(this)) return;
    const page = this.#page;
    this.#page = '';
    // As bytes: text the stream would measure before it encodes it.
    this.#sink.write(Buffer.from(page) as unknown as string);
  }
}

function writeAll(): void {
  for (const pages of open) pages.writeNow();
}
