import { createHash } from 'node:crypto';
import type { AudioFormat } from './speech-engine.ts';
import type { Piece } from './split-sentences.ts';
import type { ChosenVoice } from './voice-registry.ts';

/** To be raised when what is made of the same parts no longer sounds the same. */
const VERSION = 1;

export interface SoundParts {
  readonly tenant: string;
  readonly format: AudioFormat;
  readonly speed: number;
  readonly pieces: readonly Piece[];
}

/** Equal for equal sound, and for no two tenants; empty where an engine makes it again for next to nothing. */
export function soundKey({ voice, engine }: ChosenVoice, { tenant, format, speed, pieces }: SoundParts): Uint8Array {
  if (engine.settings === undefined) return new Uint8Array();
  const parts = [VERSION, tenant, engine.name, engine.settings, voice.name, format, speed, pieces];
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}
