/** Why speech was not made; the names are those of `ErrorReason` in the proto, without the prefix. */
export type SpeechErrorReason =
  | 'TEXT_EMPTY'
  | 'VOICE_UNKNOWN'
  | 'LANGUAGE_WITHOUT_VOICE'
  | 'FORMAT_UNSUPPORTED'
  | 'ENGINE_FAILED'
  | 'ENGINE_BUSY'
  | 'PAGE_TOKEN_INVALID';

/** An error of this room. Message and metadata are written for the caller; the cause stays in the service. */
export class SpeechError extends Error {
  readonly reason: SpeechErrorReason;
  readonly metadata: Readonly<Record<string, string>>;

  constructor(reason: SpeechErrorReason, message: string, metadata: Record<string, string> = {}, cause?: unknown) {
    super(message, { cause });
    this.name = 'SpeechError';
    this.reason = reason;
    this.metadata = metadata;
  }
}
