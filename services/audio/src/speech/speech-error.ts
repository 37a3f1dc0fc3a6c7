/** Why speech was not made; the names are those of `ErrorReason` in the proto, without the prefix. */
export type SpeechErrorReason =
  | 'TEXT_EMPTY'
  | 'VOICE_UNKNOWN'
  | 'LANGUAGE_WITHOUT_VOICE'
  | 'FORMAT_UNSUPPORTED'
  | 'ENGINE_FAILED'
  | 'ENGINE_BUSY'
  | 'SOUND_UNUSABLE'
  | 'PROVIDER_UNAVAILABLE'
  | 'PROVIDER_TIMEOUT'
  | 'PROVIDER_RATE_LIMITED'
  | 'PROVIDER_CREDIT_EXHAUSTED'
  | 'PROVIDER_KEY_REFUSED'
  | 'PROVIDER_REJECTED'
  | 'PROVIDER_VOICE_UNKNOWN'
  | 'PAGE_TOKEN_INVALID';

/** Faults of what is needed to speak, its account included, and not of what is asked for: another engine may do better. */
const OF_INFRASTRUCTURE: ReadonlySet<SpeechErrorReason> = new Set([
  'SOUND_UNUSABLE',
  'PROVIDER_UNAVAILABLE',
  'PROVIDER_TIMEOUT',
  'PROVIDER_RATE_LIMITED',
  'PROVIDER_CREDIT_EXHAUSTED',
  'PROVIDER_KEY_REFUSED',
  'PROVIDER_VOICE_UNKNOWN',
]);

interface Options extends ErrorOptions {
  /** When it is worth coming back, milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

/** An error of this room. Message and metadata are written for the caller; the cause stays in the service. */
export class SpeechError extends Error {
  readonly reason: SpeechErrorReason;
  readonly metadata: Readonly<Record<string, string>>;
  readonly retryAfterMs: number | undefined;
  /** A provider was asked as often as makes sense: nobody on the way asks it again, which would be paid again. */
  readonly isFinal: boolean;

  constructor(
    reason: SpeechErrorReason,
    message: string,
    metadata: Record<string, string> = {},
    { retryAfterMs, ...options }: Options = {},
  ) {
    super(message, options);
    this.name = 'SpeechError';
    this.reason = reason;
    this.metadata = metadata;
    this.retryAfterMs = retryAfterMs;
    this.isFinal = OF_INFRASTRUCTURE.has(reason);
  }
}

export const isOfInfrastructure = (error: unknown): error is SpeechError =>
  error instanceof SpeechError && OF_INFRASTRUCTURE.has(error.reason);
