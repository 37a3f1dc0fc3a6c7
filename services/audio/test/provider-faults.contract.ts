import { describe, expect, it } from '@jest/globals';
import { MetricRegistry } from '@exempla/telemetry';
import { eventually, startScriptedSpeech, type SpeechBehaviour } from '@exempla/testing';
import { SpeechError, synthesizeSpeech, VoiceRegistry, type AudioFormat } from '../src/speech/index.ts';
import { callFor, KEY, openProvider, optionsOf, speakWith, type ProviderName } from './providers.ts';

const TEXT = 'A small fox sat by the river and waited for the rain.';
const DEADLINE_MS = 20_000;
const WAIT_MS = 300;

type Row = readonly [fault: string, behaviour: SpeechBehaviour, seen: string];

/** What a caller sees of each fault: what came before it, the reason, when to come back, requests sent. */
const ROWS: readonly Row[] = [
  ['401', { type: 'fail', status: 401 }, 'PROVIDER_KEY_REFUSED, 1 request'],
  ['402', { type: 'fail', status: 402 }, 'PROVIDER_CREDIT_EXHAUSTED, 1 request'],
  ['403', { type: 'fail', status: 403 }, 'PROVIDER_KEY_REFUSED, 1 request'],
  ['404 voice or model', { type: 'fail', status: 404 }, 'PROVIDER_VOICE_UNKNOWN, 1 request'],
  ['400', { type: 'fail', status: 400 }, 'PROVIDER_REJECTED, 1 request'],
  ['422', { type: 'fail', status: 422 }, 'PROVIDER_REJECTED, 1 request'],
  ['429', { type: 'fail', status: 429 }, 'PROVIDER_RATE_LIMITED, 2 requests'],
  [
    '429, Retry-After 1 h',
    { type: 'fail', status: 429, retryAfterS: 3_600 },
    'PROVIDER_RATE_LIMITED in 3600 s, 1 request',
  ],
  ['500', { type: 'fail', status: 500 }, 'PROVIDER_UNAVAILABLE, 2 requests'],
  ['503', { type: 'fail', status: 503 }, 'PROVIDER_UNAVAILABLE, 2 requests'],
  ['hang before headers', { type: 'silence' }, 'PROVIDER_TIMEOUT, 1 request'],
  ['hang behind the headers', { type: 'headers' }, 'PROVIDER_TIMEOUT, 1 request'],
  ['hang in the body', { type: 'stall' }, 'sound, then PROVIDER_TIMEOUT, 1 request'],
  ['reset', { type: 'reset' }, 'PROVIDER_UNAVAILABLE, 2 requests'],
  ['reset in the body', { type: 'break' }, 'sound, then PROVIDER_UNAVAILABLE, 1 request'],
  ['empty', { type: 'empty' }, 'SOUND_UNUSABLE, 2 requests'],
  ['20 MB', { type: 'flood', bytes: 20_000_000 }, 'sound, then SOUND_UNUSABLE, 1 request'],
  ['a page', { type: 'page', contentType: 'text/html', body: '<html>Sign in</html>' }, 'SOUND_UNUSABLE, 2 requests'],
  ['JSON', { type: 'page', contentType: 'application/json', body: '{"error":{}}' }, 'SOUND_UNUSABLE, 2 requests'],
];

async function seen(provider: ProviderName, format: AudioFormat, behaviour: SpeechBehaviour): Promise<string> {
  await using server = await startScriptedSpeech(behaviour);
  const isSilent = ['silence', 'headers', 'stall'].includes(behaviour.type);
  const patience = isSilent ? { httpTimeoutMs: WAIT_MS, soundIdleMs: WAIT_MS } : {};
  await using providers = await openProvider(provider, server, patience);
  const registry = new VoiceRegistry(providers.engines, { defaultVoice: '', fallbackVoices: [] });
  const synthesize = synthesizeSpeech({ registry, limits: { maxPieceCharacters: 5_000, maxChunkBytes: 32_768 } });
  let bytes = 0;
  let told = 'spoken';
  try {
    const request = { text: TEXT, voice: '', language: 'nl', format, speed: 1 };
    for await (const part of synthesize(request, callFor(DEADLINE_MS)))
      if (part.type === 'chunk') bytes += part.bytes.length;
  } catch (error) {
    if (!(error instanceof SpeechError)) throw error;
    expect(JSON.stringify([error.message, error.metadata])).not.toContain('sk-12');
    const wait = error.retryAfterMs === undefined ? '' : ` in ${error.retryAfterMs / 1_000} s`;
    told = `${bytes > 0 ? 'sound, then ' : ''}${error.reason}${wait}`;
  }
  return `${told}, ${server.requests.length} request${server.requests.length === 1 ? '' : 's'}`;
}

/** What callers are told when a provider of voices fails. */
export function providerFaultsContract(provider: ProviderName): void {
  describe(`faults of ${provider}`, () => {
    it.each(ROWS)('%s', async (_, behaviour, expected) => {
      const lines = await Promise.all((['wav', 'mp3'] as const).map((format) => seen(provider, format, behaviour)));
      expect(lines).toEqual([expected, expected]);
    });

    it('truncated', async () => {
      expect(await seen(provider, 'mp3', { type: 'truncate' })).toBe('SOUND_UNUSABLE, 1 request');
    });

    it('a page that says it is sound', async () => {
      const page = { type: 'page', contentType: 'audio/mpeg', body: '<html>Sign in</html>' } as const;
      expect(await seen(provider, 'mp3', page)).toBe('SOUND_UNUSABLE, 2 requests');
    });

    it('an account without credit, in the shape of this provider', async () => {
      const outOfCredit = {
        openai: { type: 'fail', status: 429, code: 'insufficient_quota' },
        elevenlabs: { type: 'fail', status: 401, detail: 'quota_exceeded' },
      } as const;
      expect(await seen(provider, 'mp3', outOfCredit[provider])).toBe('PROVIDER_CREDIT_EXHAUSTED, 1 request');
    });

    it('one failure is made up for before anything is heard of it', async () => {
      await using server = await startScriptedSpeech({ type: 'fail', status: 500 }, { type: 'speak' });
      await using providers = await openProvider(provider, server);
      const { sounds } = await speakWith(providers.engines[0]!, TEXT, optionsOf(callFor(5_000)));
      expect(sounds[0]).toMatchObject({ type: 'pcm', sampleRateHz: 24_000 });
    });

    it('nobody waits for it for as long as another voice could speak instead', async () => {
      await using server = await startScriptedSpeech({ type: 'fail', status: 429, retryAfterS: 2 }, { type: 'speak' });
      await using providers = await openProvider(provider, server);
      const options = optionsOf(callFor(60_000), { patienceMs: 1_000 });
      for (const reason of ['PROVIDER_RATE_LIMITED', 'PROVIDER_UNAVAILABLE'])
        expect((await speakWith(providers.engines[0]!, TEXT, options)).error).toMatchObject({ reason });
      expect(server.requests).toHaveLength(1);
    });

    it('nobody waits longer for a turn either, and a turn that comes too late says nothing against it', async () => {
      await using server = await startScriptedSpeech({ type: 'silence' }, { type: 'speak' });
      await using providers = await openProvider(provider, server, { pool: { connections: 1, maxKeepalive: 1 } });
      const engine = providers.engines[0]!;
      const leaver = new AbortController();
      const holding = speakWith(engine, TEXT, optionsOf(callFor(60_000, leaver.signal)));
      await eventually('the only turn is taken', () => server.requests.length === 1);
      const hasty = Array.from({ length: 6 }, () =>
        speakWith(engine, TEXT, optionsOf(callFor(60_000), { patienceMs: 200 })),
      );
      for (const { error } of await Promise.all(hasty)) expect(error).toMatchObject({ reason: 'PROVIDER_TIMEOUT' });
      // None of them was sent, and none is held against the provider.
      expect(server.requests).toHaveLength(1);
      leaver.abort(new Error('the caller went away'));
      await holding;
      const { error } = await speakWith(engine, TEXT, optionsOf(callFor(60_000)));
      expect(error).toBeUndefined();
    });

    it('one that keeps failing is left alone', async () => {
      await using server = await startScriptedSpeech({ type: 'fail', status: 500 });
      const registry = new MetricRegistry();
      await using providers = await openProvider(provider, server, {}, registry);
      const once = async (): Promise<unknown> =>
        (await speakWith(providers.engines[0]!, TEXT, optionsOf(callFor(3_000)))).error;
      for (let i = 0; i < 4; i++) await once();
      const error = (await once()) as SpeechError;
      expect([error.reason, server.requests.length]).toEqual(['PROVIDER_UNAVAILABLE', 5]);
      expect(JSON.stringify(registry.read())).not.toContain(KEY);
    });
  });
}
