import type {
  SpeechServiceDefinition,
  SynthesizeResponse,
  SynthesizeResponse_Header as Header,
} from '@exempla/contracts/audio/v1/speech_service';
import type {
  DownloadObjectResponse,
  Object as StoredObject,
  ObjectServiceDefinition,
  UploadObjectRequest,
} from '@exempla/contracts/storage/v1/object_service';
import {
  Deadline,
  RemoteError,
  runDetached,
  status,
  type CallOptions,
  type PartialMessage,
  type RpcClient,
} from '@exempla/rpc';
import { LABELS, METRICS, processMetrics } from '@exempla/telemetry';
import { narrationObject, type Narration, type Narrator, type StepTime } from '../parts/index.ts';
import { beginSpeech } from './begun-speech.ts';
import { isGone, KnownSounds } from './known-sounds.ts';
import { SOUND_HEAD_BYTES, soundDurationMs } from './sound-duration.ts';

/** Removing a sound takes a few milliseconds; this is for a storage that just restarts. */
const DISCARD_MS = 5_000;

type Job = Parameters<Narrator['narrate']>[0];
type Sound = AsyncIterable<SynthesizeResponse> | AsyncIterable<DownloadObjectResponse>;
/** What is left of the step's time, for one call. */
type Time = () => CallOptions;

interface Passed {
  header: Header | StoredObject | undefined;
  /** What it is stored under, by its type. */
  object: string;
  /** The first bytes. */
  head: Uint8Array;
  /** All of it was passed on, so that it may be kept whatever becomes of the call. */
  isWhole: boolean;
}

/**
 * Speech from the audio service, piped chunk by chunk into the object store: no hop holds the whole sound. One that was paid for
 * before comes from the store.
 */
export class RpcNarrator implements Narrator {
  readonly #speech: RpcClient<typeof SpeechServiceDefinition>;
  readonly #objects: RpcClient<typeof ObjectServiceDefinition>;
  readonly #sounds: KnownSounds;
  readonly #lookups = {
    hit: processMetrics.counter(METRICS.soundLookups, { [LABELS.soundLookup]: 'hit' }),
    miss: processMetrics.counter(METRICS.soundLookups, { [LABELS.soundLookup]: 'miss' }),
  };

  constructor(speech: RpcClient<typeof SpeechServiceDefinition>, objects: RpcClient<typeof ObjectServiceDefinition>) {
    this.#speech = speech;
    this.#objects = objects;
    this.#sounds = new KnownSounds(objects);
  }

  async narrate(job: Job, { signal, budgetMs }: StepTime): Promise<Narration> {
    const ends = Deadline.after(budgetMs);
    // Speech that nobody came to read ends with the step.
    const over = new AbortController();
    const any = AbortSignal.any([signal, over.signal]);
    try {
      return await this.#tell(job, () => ({ signal: any, timeoutMs: Math.max(0, ends.remainingMs()) }));
    } finally {
      over.abort();
    }
  }

  async #tell(job: Job, time: Time): Promise<Narration> {
    const { text, voice, language } = job;
    const asked = { text, voice, language };
    // Without a key the engine makes sounds for next to nothing, and does so at once.
    const { header, sound } = await beginSpeech(this.#speech.synthesize({ ...asked, keyFirst: true }, time()));
    if (sound) return this.#keep(job, sound, time);
    const copied = header && (await this.#copy(job, header, time));
    this.#lookups[copied ? 'hit' : 'miss'].add();
    return copied ?? this.#keep(job, this.#speech.synthesize(asked, time()), time);
  }

  /** The sound that another narration has; undefined when there is none any more. */
  async #copy(job: Job, { voice, soundKey }: Header, time: Time): Promise<Narration | undefined> {
    try {
      const sound = await this.#sounds.find(soundKey, time());
      if (!sound) return undefined;
      const { stored, head } = await this.#store(job.name, sound, time());
      return narrationOf(job.text, stored, { voice, head });
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  /** Stores what is spoken. */
  async #keep({ name, text }: Job, sound: Sound, time: Time): Promise<Narration> {
    const { stored, header, head } = await this.#store(name, sound, time());
    const spoken = header && 'soundKey' in header ? header : undefined;
    // The key is that of the voice which did speak.
    if (spoken?.soundKey.length) await this.#remember(spoken.soundKey, stored, time());
    return narrationOf(text, stored, { voice: spoken?.voice ?? '', head });
  }

  async #store(name: string, sound: Sound, time: CallOptions): Promise<Passed & { stored: StoredObject }> {
    const passed: Passed = { header: undefined, object: '', head: new Uint8Array(), isWhole: false };
    const stored = await this.#objects.uploadObject(upload(name, sound, passed), time).catch((error: unknown) => {
      if (passed.isWhole) this.#discardUnheard(passed.object);
      throw error;
    });
    return { ...passed, stored };
  }

  /** What is not remembered is made once more some time, which is no reason to fail this call. */
  #remember(key: Uint8Array, stored: StoredObject, time: CallOptions): Promise<void> {
    return this.#sounds.remember(key, stored, time).catch(() => {});
  }

  /**
   * The sound may be kept and only the answer lost. Nobody waits for its removal, which must not cost a call the rest of its
   * time; one that fails is made up for when the story or definition is deleted, or narrated again.
   */
  #discardUnheard(object: string): void {
    this.discard(object).catch(() => {});
  }

  async find(object: string, text: string): Promise<Narration> {
    const stored = await this.#objects.getObject({ name: object });
    return narrationOf(text, stored, { voice: '', head: await this.#headOf(object) });
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

function narrationOf(
  text: string,
  stored: StoredObject,
  { voice, head }: { voice: string; head: Uint8Array },
): Narration {
  const sizeBytes = Number(stored.sizeBytes);
  const { name: object, contentType } = stored;
  return { object, text, voice, contentType, sizeBytes, durationMs: soundDurationMs(head, sizeBytes) };
}

/**
 * The upload that a stream of sound becomes: its header names the type, its chunks are the bytes. What is copied has size and hash
 * in its header, so that an upload of less leaves nothing.
 */
async function* upload(
  name: string,
  sound: Sound,
  passed: Passed,
): AsyncGenerator<PartialMessage<UploadObjectRequest>> {
  for await (const { part } of sound) {
    if (part?.$case === 'header') {
      const { contentType } = part.value;
      passed.header = part.value;
      passed.object = narrationObject(name, contentType);
      const known = 'sha256' in part.value ? { sizeBytes: part.value.sizeBytes, sha256: part.value.sha256 } : {};
      yield { part: { $case: 'header', value: { name: passed.object, contentType, ...known } } };
    } else if (part) {
      if (passed.head.length < SOUND_HEAD_BYTES)
        passed.head = Buffer.concat([passed.head, part.value.subarray(0, SOUND_HEAD_BYTES)]);
      yield { part: { $case: 'chunk', value: part.value } };
    }
  }
  passed.isWhole = true;
}
