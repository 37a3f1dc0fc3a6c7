import type { Settings } from '@exempla/rpc/client';
import type { Check } from '../check.ts';
import { keyVariable } from './key-variable.ts';
import { checkServer } from './models.ts';

const OPENAI = 'https://api.openai.com/v1';

/** Asks a server of voices for its model, where the audio service would: with a key of OpenAI, or where voices are named. */
export async function checkSpeech(settings: Settings, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Check[]> {
  const textUrl = settings.text('OPENAI_BASE_URL', OPENAI);
  const baseUrl = settings.text('OPENAI_SPEECH_BASE_URL', textUrl);
  const own = await settings.secret('OPENAI_SPEECH_API_KEY');
  const shared = URL.parse(baseUrl)?.origin === URL.parse(textUrl)?.origin;
  const apiKey = own ?? (shared ? await settings.secret('OPENAI_API_KEY') : undefined);
  const isWanted = settings.list('OPENAI_TTS_VOICES', '').length > 0 || (baseUrl.startsWith(OPENAI) && apiKey);
  if (!isWanted || !URL.canParse(baseUrl)) return [];
  return checkServer(
    {
      name: 'speech',
      baseUrl,
      urlVariable: env['OPENAI_SPEECH_BASE_URL'] ? 'OPENAI_SPEECH_BASE_URL' : 'OPENAI_BASE_URL',
      apiKey,
      keyVariable: keyVariable(own === undefined ? 'OPENAI_API_KEY' : 'OPENAI_SPEECH_API_KEY', env),
      models: [settings.text('OPENAI_TTS_MODEL', 'gpt-4o-mini-tts')],
      modelsVariable: 'OPENAI_TTS_MODEL',
      headers: env['OPENAI_CUSTOM_HEADERS'],
    },
    signal,
  );
}
