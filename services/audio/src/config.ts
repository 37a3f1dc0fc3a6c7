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

const PREFIX = 'EXEMPLA_AUDIO_';

/** The only reader of the environment. Throws naming the variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): AudioConfig {
  const text = (name: string, fallback: string): string => env[PREFIX + name] || fallback;
  const integer = (name: string, fallback: number, min: number, max: number): number => {
    const raw = text(name, String(fallback));
    const value = Number(raw);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw new Error(`${PREFIX}${name} is "${raw}"; it has to be a whole number from ${min} to ${max}`);
  };
  const names = (name: string, fallback: string): string[] =>
    text(name, fallback)
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  return Object.freeze({
    host: text('HOST', '127.0.0.1'),
    port: integer('PORT', 50053, 0, 65_535),
    workers: integer('WORKERS', 2, 1, 64),
    maxWaiting: integer('MAX_WAITING', 64, 0, 100_000),
    defaultVoice: text('DEFAULT_VOICE', 'slt'),
    fallbackVoices: Object.freeze(names('FALLBACK_VOICES', 'rms,awb,kal16,kal')),
    maxPieceCharacters: integer('MAX_PIECE_CHARACTERS', 5_000, 100, 5_000),
    maxChunkBytes: integer('MAX_CHUNK_BYTES', 32_768, 1_024, 65_536),
  });
}
