import type { Sound, Speaker, SpeakerOptions, SpeechEngine, Voice } from '../src/speech/index.ts';
import { silence } from './mp3.ts';

export const voice = (name: string, ...languages: string[]): Voice => ({
  name,
  engine: 'beeping',
  languages,
  sampleRateHz: 8_000,
  description: `${name} for tests`,
  formats: ['wav'],
});

/** Milliseconds of sound for each character of a piece. */
export const MS_PER_CHARACTER = 10;

/** An engine that beeps, and counts. */
export class BeepingEngine implements SpeechEngine {
  readonly name: string;
  readonly voices: readonly Voice[];
  /** The texts begun, in order. */
  readonly begun: string[] = [];
  opened: SpeakerOptions[] = [];
  sampleRateHz = 8_000;
  pieceCharacters?: number;
  sentenceCharacters?: number;
  closed = 0;
  /** Awaited before the sound of a piece is there. */
  beforeSound: (text: string, signal: AbortSignal) => Promise<void> = async () => {};

  constructor(voices: readonly Voice[] = [voice('beep', 'en')], name = 'beeping') {
    this.name = name;
    this.voices = voices.map((voice) => ({ ...voice, engine: name }));
  }

  sayable(text: string): string {
    return text.replace(/[^\n\x20-\x7e]/g, ' ');
  }

  open(options: SpeakerOptions): Speaker {
    this.opened.push(options);
    return {
      speak: (text) => this.#speak(text, options),
      close: () => void this.closed++,
    };
  }

  /** In two parts, each when it is asked for. */
  async *#speak(text: string, { format, call: { signal } }: SpeakerOptions): AsyncGenerator<Sound, void> {
    this.begun.push(text);
    await this.beforeSound(text, signal);
    signal.throwIfAborted();
    const half = (MS_PER_CHARACTER * text.length) / 2;
    for (let part = 0; part < 2; part++)
      yield format === 'mp3'
        ? { type: 'mp3', bytes: silence(half) }
        : { type: 'pcm', samples: tone(8 * half), sampleRateHz: this.sampleRateHz };
  }
}

/** A loud tone that begins and ends away from zero: joined carelessly it clicks. */
export function tone(length: number): Int16Array<ArrayBuffer> {
  return Int16Array.from({ length }, (_, i) => Math.round(20_000 * Math.cos(i / 5)));
}
