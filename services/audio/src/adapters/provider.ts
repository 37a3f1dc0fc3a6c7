import type { AudioFormat, Voice } from '../speech/index.ts';

/** One piece, as a provider is asked for it. */
export interface PieceRequest {
  readonly voice: string;
  readonly text: string;
  readonly format: AudioFormat;
  /** Speaking rate; 1 is the voice's own. */
  readonly speed: number;
}

/** What an answer of a provider says of its failure. */
export interface Refusal {
  readonly status: number;
  readonly headers: Headers | undefined;
  /** The account has no credit left, whatever the status. */
  readonly isOutOfCredit: boolean;
}

/** A speech service of somebody else, as its official client speaks to it. */
export interface Provider {
  /** Name of its engine. */
  readonly name: string;
  /** Host, for metrics. */
  readonly upstream: string;
  readonly model: string;
  /** Whatever else than voice, format, speed and text a sound depends on. */
  readonly settings: string;
  readonly voices: readonly Voice[];
  /** Longest text it takes at once. */
  readonly pieceCharacters: number;
  /** Of a million characters, in micros; nobody knows what it costs without. */
  readonly priceMicros?: number | undefined;
  /** Samples a second of WAV that comes without a header; undefined where it comes with one. */
  readonly rawSampleRateHz?: number;
  /** The sound of a piece, when its headers have come. Nobody but the signal ends it. */
  request(piece: PieceRequest, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
  /** Undefined for what is no answer of the provider. */
  refusalIn(error: unknown): Refusal | undefined;
}

export interface ProviderVoice {
  /** As callers name it. */
  readonly name: string;
  /** As the provider does. */
  readonly id: string;
}
