import { describe, expect, it } from '@jest/globals';
import { METRICS, MetricRegistry } from '@exempla/telemetry';
import { eventually, SPEECH_MS_PER_CHARACTER, standingStill, startScriptedSpeech } from '@exempla/testing';
import { synthesizeSpeech, VoiceRegistry, type SpeechPart } from '../src/speech/index.ts';
import { Mp3Frames } from '../src/speech/mp3-frames.ts';
import { readWav } from '../src/speech/wav.ts';
import { BeepingEngine, voice } from './beeping-engine.ts';
import { callFor, KEY, openProvider, optionsOf, speakWith, type ProviderName } from './providers.ts';
import { seconds } from './sound.ts';

const TEXT = 'A small fox sat by the river and waited for the rain.';
const SECONDS = (TEXT.length * SPEECH_MS_PER_CHARACTER) / 1_000;
const LIMITS = { maxPieceCharacters: 5_000, maxChunkBytes: 32_768 };
const MEGABYTE = 1_000_000;

const inFlight = (registry: MetricRegistry): number =>
  registry
    .read()
    .flatMap(({ metric, kind, points }) =>
      metric.name === METRICS.speechInFlight.name && kind !== 'histogram' ? points.map(({ value }) => value) : [],
    )
    .reduce((sum, value) => sum + value, 0);

/** How the voices of a provider speak. */
export function providerVoicesContract(provider: ProviderName): void {
  describe(`voices of ${provider}`, () => {
    it('are asked by the client of the provider, with the key, once a piece', async () => {
      await using server = await startScriptedSpeech();
      await using providers = await openProvider(provider, server);
      const options = optionsOf(callFor(5_000), { format: 'mp3', speed: 1.1 });
      await speakWith(providers.engines[0]!, TEXT, options);
      expect(server.requests).toHaveLength(1);
      const { path, body, apiKey } = server.requests[0]!;
      const expected = {
        openai: {
          path: '/v1/audio/speech',
          body: { model: 'small-voice', voice: 'alloy', input: TEXT, response_format: 'mp3', speed: 1.1 },
        },
        elevenlabs: {
          path: '/v1/text-to-speech/id-of-ada/stream',
          body: {
            text: TEXT,
            model_id: 'multi',
            voice_settings: { stability: 0.5, similarity_boost: 0.75, use_speaker_boost: true, speed: 1.1 },
          },
        },
      }[provider];
      expect({ path, body, apiKey }).toEqual({ ...expected, apiKey: KEY });
    });

    it('hand their sound on as it comes, of the length it has', async () => {
      await using server = await startScriptedSpeech({ type: 'speak', overMs: 500 });
      await using providers = await openProvider(provider, server);
      for (const format of ['wav', 'mp3'] as const) {
        let sentAtFirst = 0;
        const parts: Uint8Array[] = [];
        const registry = new VoiceRegistry(providers.engines, { defaultVoice: '', fallbackVoices: [] });
        const request = { text: TEXT, voice: 'ada', language: 'nl', format, speed: 1 };
        for await (const part of synthesizeSpeech({ registry, limits: LIMITS })(request, callFor(10_000))) {
          if (part.type !== 'chunk') continue;
          sentAtFirst ||= server.requests.at(-1)!.sent() || 1;
          parts.push(part.bytes);
        }
        const all = Buffer.concat(parts);
        expect(sentAtFirst).toBeLessThan(server.requests.at(-1)!.sent() / 2);
        const frames = new Mp3Frames();
        const length = format === 'wav' ? seconds(readWav(all)) : (frames.push(all), frames.seconds);
        expect(length / SECONDS).toBeGreaterThan(0.8);
        expect(length / SECONDS).toBeLessThan(1.2);
      }
    });

    it('get long texts in pieces of many sentences, which become one file', async () => {
      await using server = await startScriptedSpeech();
      await using providers = await openProvider(provider, server);
      const registry = new VoiceRegistry(providers.engines, { defaultVoice: '', fallbackVoices: [] });
      const text = Array.from({ length: 200 }, (_, i) => `This is sentence number ${i}, and no other one.`).join(' ');
      const request = { text, voice: '', language: 'en', format: 'mp3', speed: 1 } as const;
      const parts: SpeechPart[] = [];
      for await (const part of synthesizeSpeech({ registry, limits: LIMITS })(request, callFor(20_000)))
        parts.push(part);
      const asked = server.requests.map(({ text: piece }) => piece);
      expect(asked.join(' ')).toBe(text);
      expect(Math.max(...asked.map(({ length }) => length))).toBeLessThanOrEqual(providers.engines[0]!.pieceCharacters);
      expect(asked.length).toBeLessThan(8);
      const frames = new Mp3Frames();
      for (const part of parts) if (part.type === 'chunk') frames.push(part.bytes);
      frames.end();
      expect(frames.seconds / ((text.length * SPEECH_MS_PER_CHARACTER) / 1_000)).toBeCloseTo(1, 1);
    });

    it('are not read further than their reader is', async () => {
      await using server = await startScriptedSpeech({ type: 'flood', bytes: 60 * MEGABYTE });
      await using providers = await openProvider(provider, server);
      const speaker = providers.engines[0]!.open(optionsOf(callFor(30_000)));
      const sounds = speaker.speak(TEXT.repeat(40))[Symbol.asyncIterator]();
      await sounds.next();
      const sent = await standingStill(async () => server.requests[0]!.sent(), 5_000);
      expect(sent).toBeLessThan(20 * MEGABYTE);
      await sounds.return?.();
      await server.requests[0]!.left.promise;
    });

    it.each([
      ['before the headers', { type: 'silence' }, false],
      ['before the first sound', { type: 'headers' }, false],
      ['in the middle', { type: 'stall' }, true],
    ] as const)('a caller who leaves %s closes the socket and gives the turn back', async (_, behaviour, hasSound) => {
      await using server = await startScriptedSpeech(behaviour);
      const metrics = new MetricRegistry();
      await using providers = await openProvider(provider, server, {}, metrics);
      const caller = new AbortController();
      const speaker = providers.engines[0]!.open(optionsOf(callFor(20_000, caller.signal)));
      const sounds = speaker.speak(TEXT)[Symbol.asyncIterator]();
      if (hasSound) expect((await sounds.next()).value).toMatchObject({ type: 'pcm' });
      const next = sounds.next().catch((error: unknown) => error);
      await eventually('the request', () => server.requests.length === 1);
      expect(inFlight(metrics)).toBe(1);
      const gone = new Error('gone');
      caller.abort(gone);
      expect(await next).toBe(gone);
      await server.requests[0]!.left.promise;
      expect([inFlight(metrics), server.requests.length]).toEqual([0, 1]);
    });

    it('end when the service does', async () => {
      await using server = await startScriptedSpeech({ type: 'silence' });
      const providers = await openProvider(provider, server);
      const speaking = speakWith(providers.engines[0]!, TEXT, optionsOf(callFor(20_000)));
      await eventually('the request', () => server.requests.length === 1);
      await providers[Symbol.asyncDispose]();
      expect((await speaking).error).toMatchObject({ reason: 'PROVIDER_UNAVAILABLE' });
      await eventually('no socket', () => server.sockets.open === 0);
    });

    it('that have begun are heard to the end, however long that takes', async () => {
      await using server = await startScriptedSpeech({ type: 'speak', overMs: 1_500, parts: 3 });
      await using providers = await openProvider(provider, server);
      const options = optionsOf(callFor(30_000), { patienceMs: 1_000 });
      expect((await speakWith(providers.engines[0]!, TEXT, options)).error).toBeUndefined();
    });

    it('that are silent leave time to the voice of another engine', async () => {
      await using server = await startScriptedSpeech({ type: 'silence' });
      await using providers = await openProvider(provider, server);
      const near = new BeepingEngine([voice('near', 'en')]);
      const registry = new VoiceRegistry([...providers.engines, near], { defaultVoice: '', fallbackVoices: [] });
      const request = { text: TEXT, voice: '', language: 'en', format: 'wav', speed: 1 } as const;
      const parts = synthesizeSpeech({ registry, limits: LIMITS })(request, callFor(1_000));
      expect((await parts.next()).value).toMatchObject({
        header: { voice: 'near', fallbackReason: `voice "ada" of ${provider} failed with PROVIDER_TIMEOUT` },
      });
      await parts.return();
      await server.requests[0]!.left.promise;
    });
  });
}
