import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import { readImage } from '@exempla/contracts';
import {
  AudioFormat,
  SpeechServiceDefinition,
  type ListVoicesRequest,
  type SynthesizeRequest,
  type SynthesizeResponse_Header,
} from '@exempla/contracts/audio/v1/speech_service';
import {
  createClient,
  openChannel,
  Settings,
  startServer,
  status,
  type Channel,
  type RemoteError,
  type RpcClient,
  type RunningServer,
} from '@exempla/rpc';
import { METRICS, processMetrics, type MetricName } from '@exempla/telemetry';
import {
  eventually,
  recordingLogger,
  startScriptedSpeech,
  type RecordingLogger,
  type SpeechBehaviour,
} from '@exempla/testing';
import { AudioModule } from '../src/audio.module.ts';
import { readConfig } from '../src/config.ts';
import type { FlitePoolStats } from '../src/adapters/flite-pool.ts';
import { errorTable } from '../src/grpc/error-codes.ts';
import { readWav } from '../src/speech/index.ts';
import { collect } from './collect.ts';
import { loudShare } from './sound.ts';

let server: RunningServer;
let channel: Channel;
let client: RpcClient<typeof SpeechServiceDefinition>;
let log: RecordingLogger;

async function start(env: Record<string, string> = {}): Promise<void> {
  log = recordingLogger('audio');
  const config = await readConfig(
    new Settings('audio', { EXEMPLA_AUDIO_PORT: '0', EXEMPLA_AUDIO_STORAGE_TARGET: 'off', ...env }),
  );
  server = await startServer({
    service: 'audio',
    host: config.host,
    port: config.port,
    module: AudioModule.register(config, log.logger),
    definitions: [SpeechServiceDefinition],
    image: await readImage(),
    errors: errorTable,
    logger: log.logger,
    env: { EXEMPLA_DEV: '1' },
    drainNoticeMs: 0,
  });
  channel = openChannel(`127.0.0.1:${server.port}`);
  client = createClient(SpeechServiceDefinition, channel);
}

beforeEach(() => start());
afterEach(async () => {
  channel.close();
  await server.stop();
});

interface SpeechLine {
  spoken: number;
  sentences: number;
  spokenAtFirstSound: number;
  traceId: string;
  pool: FlitePoolStats;
}
const speechLines = (): SpeechLine[] =>
  log.lines.filter((line) => line['event'] === 'speech') as unknown as SpeechLine[];

async function speak(
  request: Partial<SynthesizeRequest>,
): Promise<{ header?: SynthesizeResponse_Header; chunks: Buffer[] }> {
  const chunks: Buffer[] = [];
  let header: SynthesizeResponse_Header | undefined;
  for await (const { part } of client.synthesize(request, { timeoutMs: 20_000 })) {
    if (part?.$case === 'header') header = part.value;
    else if (part) chunks.push(part.value);
  }
  return { ...(header && { header }), chunks };
}

const errorOf = async (call: Promise<unknown>): Promise<RemoteError> =>
  call.then(
    () => Promise.reject(new Error('was not refused')),
    (error: unknown) => error as RemoteError,
  );

it('speaks: a header, then one WAV file in chunks of at most 64 KiB (S3-47)', async () => {
  const { header, chunks } = await speak({ text: 'Entropy is a measure of disorder. It never falls.' });
  expect(header).toEqual({
    voice: 'slt',
    engine: 'flite',
    sampleRateHz: 16_000,
    format: AudioFormat.AUDIO_FORMAT_WAV,
    contentType: 'audio/wav',
    fallbackReason: '',
    sentences: 2,
    soundKey: Buffer.alloc(0),
  });
  expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThanOrEqual(65_536);
  expect(loudShare(readWav(Buffer.concat(chunks)))).toBeGreaterThan(0.4);
  const [line] = speechLines();
  expect(line).toMatchObject({ sentences: 2, spoken: 2, spokenAtFirstSound: 1, traceId: log.spans()[0]?.traceId });
});

describe('refused', () => {
  it.each<[Partial<SynthesizeRequest>, status, string, string, Record<string, string>]>([
    [{ text: '' }, status.INVALID_ARGUMENT, 'TEXT_EMPTY', 'text is empty', { field: 'text' }],
    [{ text: ' \n ' }, status.INVALID_ARGUMENT, 'TEXT_EMPTY', 'text is empty', {}],
    [{ text: '?!' }, status.INVALID_ARGUMENT, 'TEXT_EMPTY', 'text is empty', {}],
    [{ text: '語' }, status.INVALID_ARGUMENT, 'TEXT_EMPTY', 'text is empty', { voice: 'slt' }],
    [{ text: 'a', voice: 'zoe' }, status.NOT_FOUND, 'VOICE_UNKNOWN', 'awb, kal, kal16, rms, slt', { voice: 'zoe' }],
    [{ text: 'a', language: 'nl' }, status.FAILED_PRECONDITION, 'LANGUAGE_WITHOUT_VOICE', 'Enable', { language: 'nl' }],
    [{ text: 'a', voice: 'slt', language: 'nl-NL' }, status.FAILED_PRECONDITION, 'LANGUAGE_WITHOUT_VOICE', 'nl-NL', {}],
    [
      { text: 'a', format: AudioFormat.AUDIO_FORMAT_MP3 },
      status.FAILED_PRECONDITION,
      'FORMAT_UNSUPPORTED',
      'wav',
      { formats: 'wav' },
    ],
  ])('%j', async (request, code, reason, message, metadata) => {
    const error = await errorOf(speak(request));
    expect([error.code, error.reason]).toEqual([code, reason]);
    expect(error.message).toContain(message);
    expect(error.metadata).toMatchObject(metadata);
    const fields = code === status.INVALID_ARGUMENT ? ['text'] : undefined;
    expect(error.details.violations?.map((violation) => violation.field)).toEqual(fields);
  });

  it.each<[Partial<SynthesizeRequest>, string]>([
    [{ text: 'a'.repeat(200_001) }, 'text'],
    [{ text: 'a', speed: 3 }, 'speed'],
    [{ text: 'a', speed: Number.NaN }, 'speed'],
    [{ text: 'a', language: 'no language' }, 'language'],
    [{ text: 'a', format: 99 as AudioFormat }, 'format'],
  ])('a field against its rules (%#)', async (request, field) => {
    const error = await errorOf(speak(request));
    expect(error.code).toBe(status.INVALID_ARGUMENT);
    expect(error.details.violations?.map((violation) => violation.field)).toEqual([field]);
  });

  it.each<[Partial<ListVoicesRequest>, string, string]>([
    [{ pageToken: 'forged' }, 'PAGE_TOKEN_INVALID', 'page_token'],
    [{ pageSize: -1 }, 'INVALID_REQUEST', 'page_size'],
  ])('a list with %j', async (request, reason, field) => {
    const error = await errorOf(client.listVoices(request));
    expect([error.code, error.reason]).toEqual([status.INVALID_ARGUMENT, reason]);
    expect(error.details.violations?.map((violation) => violation.field)).toEqual([field]);
  });
});

it('lists its voices in pages', async () => {
  const first = await client.listVoices({ pageSize: 3 });
  const second = await client.listVoices({ pageSize: 3, pageToken: first.nextPageToken });
  expect([...first.voices, ...second.voices].map((voice) => voice.name)).toEqual(['awb', 'kal', 'kal16', 'rms', 'slt']);
  expect(second.nextPageToken).toBe('');
  expect(second.voices.filter((voice) => voice.default).map((voice) => voice.name)).toEqual(['slt']);
});

it('another text than English letters is spoken as far as it can be', async () => {
  const { header } = await speak({ text: 'Naïve “café” 語 🙂 — £5.', language: 'en-GB' });
  expect(header).toMatchObject({ voice: 'awb', fallbackReason: '', sentences: 1 });
});

it('a reader that stands still stops the synthesis', async () => {
  const caller = new AbortController();
  const text = 'This is one of very many sentences that nobody reads on. '.repeat(3_000);
  const parts = client.synthesize({ text }, { signal: caller.signal, timeoutMs: 60_000 })[Symbol.asyncIterator]();
  await parts.next();
  await parts.next();
  const spans = (): number => server.inFlight();
  await eventually('the call to be under way', () => spans() === 1);
  // What fits into the windows between the two processes is made; then the counter stands.
  let before = -1;
  await eventually(
    'a counter that stands',
    async () => {
      const now = await spokenSoFar();
      const stands = now === before;
      before = now;
      return stands;
    },
    20_000,
  );
  caller.abort();
  const line = (): SpeechLine | undefined => speechLines().find(({ sentences }) => sentences === 3_000);
  await eventually('the end of the call', () => line() !== undefined);
  expect(line()?.spoken).toBeLessThan(200);
});

/** The counter of the pool, read from the line of another, short call. */
async function spokenSoFar(): Promise<number> {
  const before = speechLines().length;
  await speak({ text: 'Hi.', voice: 'kal' });
  return (speechLines()[before]?.pool.sentencesSynthesised ?? 0) - before - 1;
}

it('a caller that goes away ends the thread that speaks for it', async () => {
  const caller = new AbortController();
  const text = `One. ${'word '.repeat(900)}`;
  const parts = client.synthesize({ text }, { signal: caller.signal })[Symbol.asyncIterator]();
  await parts.next();
  const rest = errorOf(collect({ [Symbol.asyncIterator]: () => parts }));
  caller.abort();
  expect((await rest).name).toBe('AbortError');
  await eventually('the line of the call', () => speechLines().length === 1);
  expect(speechLines()[0]?.pool).toMatchObject({ busy: 0, queue: 0 });
  expect((await speak({ text: 'Next, please.' })).header?.sentences).toBe(1);
});

it('a sentence of figures, which take far longer to say than to write, gives sound before it is made to its end', async () => {
  const caller = new AbortController();
  const parts = client.synthesize({ text: '9'.repeat(1_000) }, { signal: caller.signal })[Symbol.asyncIterator]();
  await parts.next();
  const rest = errorOf(collect({ [Symbol.asyncIterator]: () => parts }));
  caller.abort();
  await rest;
  await eventually('the line of the call', () => speechLines().length === 1);
  expect(speechLines()[0]).toMatchObject({ pieces: 2, spokenAtFirstSound: 1 });
});

it('a deadline ends the call with DEADLINE_EXCEEDED and the thread with it', async () => {
  const error = await errorOf(collect(client.synthesize({ text: '9'.repeat(480), speed: 0.5 }, { timeoutMs: 1_500 })));
  expect(error.code).toBe(status.DEADLINE_EXCEEDED);
  await eventually('the line of the call', () => speechLines().length === 1);
  expect(speechLines()[0]?.pool).toMatchObject({ busy: 0, queue: 0, cancelled: 1 });
});

describe('with one worker and no line', () => {
  it('a second call is refused while the first is spoken', async () => {
    channel.close();
    await server.stop();
    await start({ EXEMPLA_AUDIO_WORKERS: '1', EXEMPLA_AUDIO_MAX_WAITING: '0' });
    const caller = new AbortController();
    const first = errorOf(collect(client.synthesize({ text: 'word '.repeat(900) }, { signal: caller.signal })));
    await eventually('a busy worker', () => busyWorkers() === 1);
    const error = await errorOf(speak({ text: 'Me too.' }));
    expect([error.code, error.reason]).toEqual([status.RESOURCE_EXHAUSTED, 'ENGINE_BUSY']);
    expect(error.metadata).toEqual({ workers: '1', waiting: '0' });
    caller.abort();
    await first;
  });
});

describe('with a provider of voices', () => {
  const KEY = 'sk-very-secret';
  const withProvider = async (...script: SpeechBehaviour[]) => {
    channel.close();
    await server.stop();
    const provider = await startScriptedSpeech(...script);
    await start({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: `${provider.origin}/v1`, OPENAI_TTS_VOICES: 'alloy' });
    return provider;
  };

  it('its voice comes first, in every language it has, as WAV and MP3 (S4-14)', async () => {
    await using provider = await withProvider();
    const dutch = await speak({ text: 'Er was eens een vos.', language: 'nl' });
    expect(dutch.header).toMatchObject({ voice: 'alloy', engine: 'openai', sampleRateHz: 24_000, fallbackReason: '' });
    expect(loudShare(readWav(Buffer.concat(dutch.chunks)))).toBeGreaterThan(0.8);
    const mp3 = await speak({ text: 'Er was eens een vos.', language: 'nl', format: AudioFormat.AUDIO_FORMAT_MP3 });
    expect(mp3.header).toMatchObject({ format: AudioFormat.AUDIO_FORMAT_MP3, contentType: 'audio/mpeg' });
    expect(Buffer.concat(mp3.chunks).readUInt16BE(0) & 0xffe0).toBe(0xffe0);
    expect(provider.requests.map(({ apiKey }) => apiKey)).toEqual([KEY, KEY]);
  });

  it('one that is out of order gives way to Flite, which is told, logged and counted', async () => {
    await using _ = await withProvider({ type: 'fail', status: 503 });
    const { header } = await speak({ text: 'Once there was a fox.' });
    const fallbackReason = 'voice "alloy" of openai failed with PROVIDER_UNAVAILABLE';
    expect(header).toMatchObject({ voice: 'slt', engine: 'flite', fallbackReason });
    const told = { event: 'fallback', step: 'speech', msg: 'flite speaks in place of openai: PROVIDER_UNAVAILABLE' };
    expect(log.lines).toContainEqual(expect.objectContaining(told));
    expect(valueOf(METRICS.fallbacks)).toBe(1);
    const error = await errorOf(speak({ text: 'Er was eens een vos.', language: 'nl' }));
    expect([error.code, error.reason]).toEqual([status.UNAVAILABLE, 'PROVIDER_UNAVAILABLE']);
    expect(JSON.stringify([log.lines, log.spans(), error.message, error.details])).not.toContain(KEY);
  });
});

const busyWorkers = (): number => valueOf(METRICS.speechBusy);

/** What a gauge or counter of this process shows, all its labels together. */
const valueOf = ({ name }: MetricName): number =>
  processMetrics
    .read()
    .flatMap(({ metric, kind, points }) =>
      metric.name === name && kind !== 'histogram' ? points.map(({ value }) => value) : [],
    )
    .reduce((sum, value) => sum + value, 0);
