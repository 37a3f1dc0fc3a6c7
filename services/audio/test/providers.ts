import { Deadline } from '@exempla/rpc';
import { MetricRegistry } from '@exempla/telemetry';
import type { ScriptedSpeech } from '@exempla/testing';
import { ProviderEngines, type ProvidersOptions } from '../src/adapters/provider-engines.ts';
import type { ProviderEngine } from '../src/adapters/provider-engine.ts';
import type { Sound, SpeakerOptions, SpeechCall } from '../src/speech/index.ts';

export const PROVIDERS = ['openai', 'elevenlabs'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

export const KEY = 'k-secret';
/** Two micros for a character. */
const priceMicros = 2_000_000;
const POOL = { connections: 10, maxKeepalive: 2 };
const formats = ['wav', 'mp3'] as const;

/** Engines of one provider, with little patience. */
export function openProvider(
  name: ProviderName,
  { origin }: Pick<ScriptedSpeech, 'origin'>,
  options: Partial<ProvidersOptions> = {},
  registry = new MetricRegistry(),
): Promise<ProviderEngines> {
  const openAi = {
    baseUrl: `${origin}/v1`,
    apiKey: KEY,
    model: 'small-voice',
    voices: [{ name: 'ada', id: 'alloy' }],
    languages: ['en', 'nl'],
    formats,
    priceMicros,
  };
  const voices = [{ name: 'ada', id: 'id-of-ada' }];
  const elevenLabs = { baseUrl: origin, apiKey: KEY, model: 'multi', voices, formats, priceMicros };
  const only = { openAi: undefined, elevenLabs: undefined, ...(name === 'openai' ? { openAi } : { elevenLabs }) };
  return ProviderEngines.open({ ...only, pool: POOL, httpTimeoutMs: 5_000, backoffMs: 10, ...options }, registry);
}

/** A call of somebody who stays. */
export const callFor = (ms: number, signal = new AbortController().signal): SpeechCall => ({
  signal,
  deadline: Deadline.after(ms),
  tenant: 'acme',
});

export const optionsOf = (call: SpeechCall, changes: Partial<SpeakerOptions> = {}): SpeakerOptions => ({
  voice: 'ada',
  format: 'wav',
  speed: 1,
  call,
  patienceMs: Infinity,
  ...changes,
});

/** All the sound of one piece, and what ended it. */
export async function speakWith(
  engine: ProviderEngine,
  text: string,
  options: SpeakerOptions,
): Promise<{ sounds: Sound[]; error: unknown }> {
  const speaker = engine.open(options);
  const sounds: Sound[] = [];
  try {
    for await (const sound of speaker.speak(text)) sounds.push(sound);
    return { sounds, error: undefined };
  } catch (error) {
    return { sounds, error };
  } finally {
    speaker.close();
  }
}
