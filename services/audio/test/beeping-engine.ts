import type { Pcm, Speaker, SpeakerOptions, SpeechEngine, Voice } from '../src/speech/index.ts';

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
  readonly name = 'beeping';
  readonly voices: readonly Voice[];
  /** The texts begun, in order. */
  readonly begun: string[] = [];
  opened: SpeakerOptions[] = [];
  closed = 0;
  /** Awaited before the sound of a piece is there. */
  beforeSound: (text: string, signal: AbortSignal) => Promise<void> = async () => {};

  constructor(voices: readonly Voice[] = [voice('beep', 'en')]) {
    this.voices = voices;
  }

  sayable(text: string): string {
    return text.replace(/[^\n\x20-\x7e]/g, ' ');
  }

  open(options: SpeakerOptions): Speaker {
    this.opened.push(options);
    return {
      speak: async (text): Promise<Pcm> => {
        this.begun.push(text);
        await this.beforeSound(text, options.signal);
        options.signal.throwIfAborted();
        return { samples: tone(8 * MS_PER_CHARACTER * text.length), sampleRateHz: 8_000 };
      },
      close: () => void this.closed++,
    };
  }
}

/** A loud tone that begins and ends away from zero: joined carelessly it clicks. */
export function tone(length: number): Int16Array<ArrayBuffer> {
  return Int16Array.from({ length }, (_, i) => Math.round(20_000 * Math.cos(i / 5)));
}
