import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { speechSound, type SpeechAsked } from './speech-sound.ts';

/** What the scripted provider of voices does with one request. */
export type SpeechBehaviour =
  /** Speaks the text; spread over `overMs`, in so many parts. */
  | { type: 'speak'; overMs?: number; parts?: number }
  /** A status, in the shape that OpenAI or ElevenLabs gives an error. */
  | { type: 'fail'; status: number; code?: string; detail?: string; retryAfterS?: number }
  /** Takes the request and says nothing until the caller goes. */
  | { type: 'silence' }
  /** Half of the sound, then nothing. */
  | { type: 'stall' }
  /** Headers, then nothing. */
  | { type: 'headers' }
  /** Resets the connection before any answer. */
  | { type: 'reset' }
  /** Breaks the connection behind half of the sound. */
  | { type: 'break' }
  /** Ends properly, but inside a frame or header. */
  | { type: 'truncate' }
  /** 200 and no byte. */
  | { type: 'empty' }
  /** Sound without an end, of so many bytes. */
  | { type: 'flood'; bytes: number }
  /** 200 with something else, which may say that it is sound. */
  | { type: 'page'; contentType: string; body: string };

const TYPES = { mp3: 'audio/mpeg', wav: 'audio/wav', pcm: 'audio/pcm' };
/** The header once, what is behind it until there are so many bytes. */
function repeated(sound: Buffer, { header, bytes }: { header: number; bytes: number }): Buffer {
  const body = sound.subarray(header);
  const times = Math.ceil(bytes / body.length);
  return Buffer.concat([sound.subarray(0, header), ...Array.from({ length: times }, () => body)]);
}

/** Does to one request what `behaviour` says; `sent` is told of each part that the socket took. */
export async function speak(
  response: ServerResponse,
  asked: SpeechAsked,
  { behaviour, sent }: { behaviour: SpeechBehaviour; sent: (bytes: number) => void },
): Promise<void> {
  const sound = speechSound(asked);
  const half = sound.subarray(0, sound.length / 2);
  const begin = (): ServerResponse => response.writeHead(200, { 'content-type': TYPES[asked.encoding] });
  switch (behaviour.type) {
    case 'speak':
      return say(begin(), sound, behaviour, sent);
    case 'fail':
      return refuse(response, behaviour);
    case 'silence':
      return;
    case 'headers':
      return begin().flushHeaders();
    case 'stall':
      return void begin().write(half);
    case 'reset':
      return void response.socket?.resetAndDestroy();
    case 'break':
      return void begin().write(half, () => response.destroy());
    case 'truncate':
      return void begin().end(sound.subarray(0, 43));
    case 'empty':
      return void begin().end();
    case 'flood':
      return say(
        begin(),
        repeated(sound, { header: asked.encoding === 'wav' ? 44 : 0, bytes: behaviour.bytes }),
        { parts: 200 },
        sent,
      );
    case 'page':
      response.writeHead(200, { 'content-type': behaviour.contentType }).end(behaviour.body);
  }
}

async function say(
  response: ServerResponse,
  sound: Buffer,
  { overMs = 0, parts = 10 }: { overMs?: number; parts?: number },
  sent: (bytes: number) => void,
): Promise<void> {
  const size = Math.ceil(sound.length / parts);
  const closed = new Promise<void>((resolve) => response.once('close', resolve));
  for (let at = 0; at < sound.length && !response.destroyed; at += size) {
    const part = sound.subarray(at, at + size);
    if (!response.write(part) && !response.destroyed) await Promise.race([once(response, 'drain'), closed]);
    sent(part.length);
    if (overMs > 0) await sleep(overMs / parts);
  }
  response.end();
}

function refuse(
  response: ServerResponse,
  { status, code, detail, retryAfterS }: { status: number; code?: string; detail?: string; retryAfterS?: number },
): void {
  if (retryAfterS !== undefined) response.setHeader('retry-after', retryAfterS);
  const error = { message: 'refused: key sk-12**89', type: 'api_error', param: null, code: code ?? null };
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ error, detail: { status: detail ?? code ?? 'refused', message: error.message } }));
}
