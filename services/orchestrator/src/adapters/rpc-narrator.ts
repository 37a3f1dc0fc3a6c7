import type {
  SpeechServiceDefinition,
  SynthesizeResponse,
  SynthesizeResponse_Header,
} from '@exempla/contracts/audio/v1/speech_service';
import type { ObjectServiceDefinition, UploadObjectRequest } from '@exempla/contracts/storage/v1/object_service';
import { RemoteError, runDetached, status, type PartialMessage, type RpcClient } from '@exempla/rpc';
import type { Narration, Narrator, StepTime } from '../parts/index.ts';
import { SOUND_HEAD_BYTES, soundDurationMs } from './sound-duration.ts';

/** Removing a sound takes a few milliseconds; this is for a storage that just restarts. */
const DISCARD_MS = 5_000;

interface Heard {
  header: SynthesizeResponse_Header | undefined;
  /** The first bytes. */
  head: Uint8Array;
  /** All of it was passed on, so that it may be kept whatever becomes of the call. */
  isWhole: boolean;
}

/** Speech from the audio service, piped chunk by chunk into the object store: no hop holds the whole sound. */
export class RpcNarrator implements Narrator {
  readonly #speech: RpcClient<typeof SpeechServiceDefinition>;
  readonly #objects: RpcClient<typeof ObjectServiceDefinition>;

  constructor(speech: RpcClient<typeof SpeechServiceDefinition>, objects: RpcClient<typeof ObjectServiceDefinition>) {
    this.#speech = speech;
    this.#objects = objects;
  }

  async narrate(
    { text, voice, language, object }: Parameters<Narrator['narrate']>[0],
    { signal, budgetMs }: StepTime,
  ): Promise<Narration> {
    const time = { signal, timeoutMs: budgetMs };
    const heard: Heard = { header: undefined, head: new Uint8Array(), isWhole: false };
    const sound = this.#speech.synthesize({ text, voice, language }, time);
    const stored = await this.#objects.uploadObject(upload(object, sound, heard), time).catch((error: unknown) => {
      if (heard.isWhole) this.#discardUnheard(object);
      throw error;
    });
    const sizeBytes = Number(stored.sizeBytes);
    return {
      object,
      text,
      voice: heard.header?.voice ?? '',
      contentType: stored.contentType,
      sizeBytes,
      durationMs: soundDurationMs(heard.head, sizeBytes),
    };
  }

  /**
   * The sound may be kept and only the answer lost. Nobody waits for its removal, which must not cost a call the rest of its
   * time; one that fails is made up for when the story or definition is deleted, or narrated again.
   */
  #discardUnheard(object: string): void {
    this.discard(object).catch(() => {});
  }

  async find(object: string, text: string): Promise<Narration> {
    const { contentType, sizeBytes } = await this.#objects.getObject({ name: object });
    const size = Number(sizeBytes);
    return {
      object,
      text,
      voice: '',
      contentType,
      sizeBytes: size,
      durationMs: soundDurationMs(await this.#headOf(object), size),
    };
  }

  async #headOf(object: string): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    const head = { name: object, length: BigInt(SOUND_HEAD_BYTES) };
    for await (const { part } of this.#objects.downloadObject(head))
      if (part?.$case === 'chunk') parts.push(part.value);
    return Buffer.concat(parts);
  }

  async discard(object: string): Promise<void> {
    try {
      // What is to be removed is mostly that of a call which has ended: its cancellation must not end this too.
      await runDetached(DISCARD_MS, () => this.#objects.deleteObject({ name: object }));
    } catch (error) {
      if (error instanceof RemoteError && error.code === status.NOT_FOUND) return;
      throw error;
    }
  }
}

/** The upload that a stream of speech becomes: its header names the type, its chunks are the bytes. */
async function* upload(
  object: string,
  sound: AsyncIterable<SynthesizeResponse>,
  heard: Heard,
): AsyncGenerator<PartialMessage<UploadObjectRequest>> {
  for await (const { part } of sound) {
    if (part?.$case === 'header') {
      heard.header = part.value;
      yield { part: { $case: 'header', value: { name: object, contentType: part.value.contentType } } };
    } else if (part) {
      if (heard.head.length < SOUND_HEAD_BYTES)
        heard.head = Buffer.concat([heard.head, part.value.subarray(0, SOUND_HEAD_BYTES)]);
      yield { part: { $case: 'chunk', value: part.value } };
    }
  }
  heard.isWhole = true;
}
