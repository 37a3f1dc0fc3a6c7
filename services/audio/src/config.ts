import { Settings } from '@exempla/rpc';

/** Settings of the audio service; each is `EXEMPLA_AUDIO_` and its name in capitals. */
export interface AudioConfig {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Pieces spoken at the same time; each takes a thread, and one more is kept warm. */
  readonly workers: number;
  /** Pieces that may wait for a worker before new calls are refused. */
  readonly maxWaiting: number;
  readonly defaultVoice: string;
  readonly fallbackVoices: readonly string[];
  /** Longest text an engine is given at once. */
  readonly maxPieceCharacters: number;
  readonly maxChunkBytes: number;
}

/** The only reader of the environment. Throws naming the variable that is wrong. */
export function readConfig(settings: Settings = new Settings('audio')): AudioConfig {
  return Object.freeze({
    host: settings.text('EXEMPLA_AUDIO_HOST', '127.0.0.1'),
    port: settings.port('EXEMPLA_AUDIO_PORT', 50053),
    workers: settings.integer('EXEMPLA_AUDIO_WORKERS', 2, { min: 1, max: 64 }),
    maxWaiting: settings.integer('EXEMPLA_AUDIO_MAX_WAITING', 64, { min: 0, max: 100_000 }),
    defaultVoice: settings.text('EXEMPLA_AUDIO_DEFAULT_VOICE', 'slt'),
    fallbackVoices: Object.freeze(settings.list('EXEMPLA_AUDIO_FALLBACK_VOICES', 'rms,awb,kal16,kal')),
    maxPieceCharacters: settings.integer('EXEMPLA_AUDIO_MAX_PIECE_CHARACTERS', 5_000, { min: 100, max: 5_000 }),
    maxChunkBytes: settings.integer('EXEMPLA_AUDIO_MAX_CHUNK_BYTES', 32_768, { min: 1_024, max: 65_536 }),
  });
}
