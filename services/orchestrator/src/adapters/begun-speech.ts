import type {
  SynthesizeResponse,
  SynthesizeResponse_Header as Header,
} from '@exempla/contracts/audio/v1/speech_service';

export interface BegunSpeech {
  readonly header: Header | undefined;
  /** All of it, the header too; undefined when it is but a header with the key of the sound. */
  readonly sound: AsyncIterable<SynthesizeResponse> | undefined;
}

/** Reads as much of speech that was asked for with `key_first` as tells whether it is spoken. */
export async function beginSpeech(speech: AsyncIterable<SynthesizeResponse>): Promise<BegunSpeech> {
  const messages = speech[Symbol.asyncIterator]();
  const first = await messages.next();
  const part: SynthesizeResponse['part'] = first.done ? undefined : first.value.part;
  const header = part?.$case === 'header' ? part.value : undefined;
  if (!header?.soundKey.length) return { header, sound: behind([first], messages) };
  const second = await messages.next();
  // An audio service that knows no `key_first` speaks all the same.
  return { header, sound: second.done ? undefined : behind([first, second], messages) };
}

async function* behind(
  read: readonly IteratorResult<SynthesizeResponse, unknown>[],
  rest: AsyncIterator<SynthesizeResponse>,
): AsyncGenerator<SynthesizeResponse, void> {
  try {
    for (const message of read) if (!message.done) yield message.value;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
