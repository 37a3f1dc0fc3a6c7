/** A file format of sound. */
export type AudioFormat = 'wav' | 'mp3';

/** Sound as 16-bit samples of one channel. */
export interface Pcm {
  readonly samples: Int16Array<ArrayBuffer>;
  readonly sampleRateHz: number;
}

/** A part of the sound of a piece: samples where WAV is asked for, the next bytes of an MPEG stream where MP3 is. */
export type Sound = ({ readonly type: 'pcm' } & Pcm) | { readonly type: 'mp3'; readonly bytes: Uint8Array };

export interface Voice {
  /** Unique among all engines. */
  readonly name: string;
  /** Name of the engine that has it. */
  readonly engine: string;
  /** BCP 47 tags. */
  readonly languages: readonly string[];
  /** Of WAV; an MP3 may have another. */
  readonly sampleRateHz: number;
  /** How it sounds, for a person. */
  readonly description: string;
  /** At least one; the first is made when the caller does not say. */
  readonly formats: readonly AudioFormat[];
}

/** Who asks for speech, and until when. */
export interface SpeechCall {
  /** When it aborts, what is being made stops at once and `speak` rejects with its reason. */
  readonly signal: AbortSignal;
  readonly deadline: { remainingMs(): number };
  readonly tenant: string;
}

/** How one call is spoken. */
export interface SpeakerOptions {
  readonly voice: string;
  readonly format: AudioFormat;
  /** Speaking rate; 1 is the voice's own. */
  readonly speed: number;
  readonly call: SpeechCall;
  /** Longest wait for the first sound, milliseconds: after it another engine has its turn. */
  readonly patienceMs: number;
}

/** Speaks the pieces of one call, one after the other. */
export interface Speaker {
  /**
   * The sound of one piece as it is made, at the pace of the reader. Leaving the loop stops it. Ends with a SpeechError when
   * the engine breaks down.
   */
  speak(text: string): AsyncIterable<Sound>;
  /** Ends the call; a piece that is still being made is given up. */
  close(): void;
}

/** The port to whatever makes sound of text. */
export interface SpeechEngine {
  readonly name: string;
  readonly voices: readonly Voice[];
  /** What else than voice, format, speed and text makes a sound, such as a model; absent where no sound is worth keeping. */
  readonly settings?: string;
  /** Sentences are put together to pieces of at most so many characters; without it each is a piece of its own. */
  readonly pieceCharacters?: number;
  /** A longer sentence is cut at clauses, for an engine that has all of its sound before it gives any. */
  readonly sentenceCharacters?: number;
  /** The text as this engine can say it; what it cannot say is left out. Keeps sentences and paragraphs apart. */
  sayable(text: string): string;
  /** Admits one call, or throws ENGINE_BUSY. A call once admitted is not refused later. */
  open(options: SpeakerOptions): Speaker;
}
