import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { status, StatusError } from '@exempla/rpc';
import type { App } from '../http/app.ts';
import type { Peers } from './peers.ts';
import type { GenerateStory } from './schemas/generate-story.ts';
import { VoicePage, VoiceQuery } from './schemas/voices.ts';

export function voiceRoutes(app: App, { speech }: Pick<Peers, 'speech'>): void {
  app.get(
    '/voices',
    {
      config: { rpc: SpeechServiceDefinition.methods.listVoices },
      schema: {
        operationId: 'listVoices',
        tags: ['voices'],
        summary: 'The voices there are',
        querystring: VoiceQuery,
        response: { 200: VoicePage },
      },
    },
    async ({ query: { language = '', page_size: pageSize = 0, page_token: pageToken = '' } }) => {
      const { voices, nextPageToken } = await speech.listVoices({ language, pageSize, pageToken });
      return {
        voices: voices.map(({ name, engine, languages, sampleRateHz, description, default: isDefault }) => ({
          name,
          provider: engine,
          languages,
          sample_rate_hz: sampleRateHz,
          description,
          default: isDefault,
        })),
        next_page_token: nextPageToken,
      };
    },
  );
}

/**
 * The voice a story is to be read in; empty lets the language choose. Who names a provider gets a voice of that one, or is
 * told that there is none: another's voice is not what was asked for.
 */
export async function voiceOf(body: GenerateStory, speech: Peers['speech']): Promise<string> {
  const { generate_audio, voice_provider: provider, voice_options, language } = body;
  const wanted = voice_options?.voice ?? '';
  if (!generate_audio || !provider) return wanted;
  const { voices } = await speech.listVoices({ language, pageSize: 200 });
  const theirs = voices.filter(({ engine, name }) => engine === provider && (wanted === '' || name === wanted));
  const best = theirs.find((voice) => voice.default) ?? theirs[0];
  if (best) return best.name;
  const there = [...new Set(voices.map(({ engine }) => engine))].join(', ') || 'none';
  throw new StatusError(
    status.FAILED_PRECONDITION,
    'VOICE_PROVIDER_UNAVAILABLE',
    `${provider} has no such voice for "${language}"; providers that have one: ${there}`,
    { metadata: { voice_provider: provider, language } },
  );
}
