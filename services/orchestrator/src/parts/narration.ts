import type { StepTime } from './part.ts';

/** A text as it is spoken. */
export interface Narration {
  /** `objects/{path}` */
  object: string;
  text: string;
  voice: string;
  contentType: string;
  sizeBytes: number;
  durationMs: number;
}

/** Speaks a text and stores the sound under `object`. */
export interface Narrator {
  narrate(job: { text: string; voice: string; language: string; object: string }, time: StepTime): Promise<Narration>;
  /** The narration stored under `object`, which speaks `text`. */
  find(object: string, text: string): Promise<Narration>;
  /** Removes the sound; one that is not there is no error. */
  discard(object: string): Promise<void>;
}

/**
 * `objects/{path}` of the narration of `definitions/{id}` or `stories/{id}`: derived from its name, so that no sound is ever lost. Its content type says
 * what it is: some voices make MP3.
 */
export const narrationObject = (name: string): string => `objects/${name}/narration.wav`;
