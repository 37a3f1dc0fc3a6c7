/** A file format of sound. */
export type AudioFormat = 'wav' | 'mp3';

/** Sound as 16-bit samples of one channel. */
export interface Pcm {
  readonly samples: Int16Array<ArrayBuffer>;
  readonly sampleRateHz: number;
}

export interface Voice {
  /** Unique among all engines. */
  readonly name: string;
  /** Name of the engine that has it. */
  readonly engine: string;
  /** BCP 47 tags. */
  readonly languages: readonly string[];
  readonly sampleRateHz: number;
  /** How it sounds, for a person. */
  readonly description: string;
  readonly formats: readonly AudioFormat[];
}

/** How one call is spoken. */
export interface SpeakerOptions {
  readonly voice: string;
  /** Speaking rate; 1 is the voice's own. */
  readonly speed: number;
  /** When it aborts, what is being made stops at once and `speak` rejects with its reason. */
  readonly signal: AbortSignal;
}

/** Speaks the pieces of one call, one after the other. */
export interface Speaker {
  /** Makes the sound of one piece. Rejects with ENGINE_FAILED when the engine breaks down. */
  speak(text: string): Promise<Pcm>;
  /** Ends the call; a piece that is still being made is given up. */
  close(): void;
}

/** The port to whatever makes sound of text. */
export interface SpeechEngine {
  readonly name: string;
  readonly voices: readonly Voice[];
  /** The text as this engine can say it; what it cannot say is left out. Keeps sentences and paragraphs apart. */
  sayable(text: string): string;
  /** Admits one call, or throws ENGINE_BUSY. A call once admitted is not refused later. */
  open(options: SpeakerOptions): Speaker;
}
