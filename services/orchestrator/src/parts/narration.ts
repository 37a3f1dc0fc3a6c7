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

/** Speaks a text of `name`, a definition or a story, and stores the sound under one of its `narrationObjects`. */
export interface Narrator {
  narrate(job: { name: string; text: string; voice: string; language: string }, time: StepTime): Promise<Narration>;
  /** The narration stored under `object`, which speaks `text`. */
  find(object: string, text: string): Promise<Narration>;
  /** Removes the sound; one that is not there is no error. */
  discard(object: string): Promise<void>;
}

const EXTENSIONS: Readonly<Record<string, string>> = { 'audio/wav': 'wav', 'audio/mpeg': 'mp3' };
const nameOf = (name: string, extension: string): string => `objects/${name}/narration.${extension}`;

/** `objects/{path}` of the narration of `definitions/{id}` or `stories/{id}` that is of this content type. */
export const narrationObject = (name: string, contentType: string): string =>
  nameOf(name, EXTENSIONS[contentType] ?? 'wav');

/** All that a narration may be stored under: derived from a name, so that no sound is ever lost. */
export const narrationObjects = (name: string): string[] =>
  Object.values(EXTENSIONS).map((extension) => nameOf(name, extension));

/** Removes every sound of `name`: what it names, and what was spoken for it and never named there. */
export async function discardNarrations(narrator: Narrator, name: string, named = ''): Promise<void> {
  const objects = new Set([...(named ? [named] : []), ...narrationObjects(name)]);
  await Promise.all([...objects].map((object) => narrator.discard(object)));
}
