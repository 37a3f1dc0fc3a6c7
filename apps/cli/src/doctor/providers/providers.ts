import { Settings } from '@exempla/rpc/client';
import { readTextOptions, type TextUpstream } from '@exempla/text/settings';
import { type Check, fail, ok } from '../check.ts';
import { checkElevenLabs } from './elevenlabs.ts';
import { keyVariable } from './key-variable.ts';
import { checkServer, type Server } from './models.ts';
import { checkRunning } from './running.ts';
import { checkSpeech } from './speech.ts';

/** One cheap call to each provider that this environment names; without any nothing is asked. */
export async function checkProviders(
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
  running?: readonly string[],
): Promise<Check[]> {
  const settings = new Settings('cli', env);
  const checks = await Promise.all([
    textChecks().catch(unusable('text')),
    checkSpeech(settings, env, signal).catch(unusable('speech')),
    checkElevenLabs(settings, env, signal).catch(unusable('elevenlabs')),
  ]);
  return checks.flat();

  async function textChecks(): Promise<Check[]> {
    const text = await readTextOptions(settings);
    const upstreams = text?.upstreams ?? [];
    const models = upstreams.flatMap((upstream) => upstream.models.map(({ name }) => name));
    const elsewhere = checkRunning(models, running);
    if (!text && elsewhere.length > 0) return elsewhere;
    if (!text) return [ok('text', 'offline; for a model, set OPENAI_API_KEY=… (docs/providers.md)')];
    const asked = await Promise.all(upstreams.map((upstream) => checkServer(serverOf(upstream, env), signal)));
    return [...asked.flat(), ...elsewhere];
  }

  function unusable(name: string) {
    return ({ message }: Error): Check[] => {
      signal.throwIfAborted();
      return [fail(name, message, 'Correct it; the services do not start')];
    };
  }
}

const serverOf = ({ baseUrl, apiKey, models }: TextUpstream, env: NodeJS.ProcessEnv): Server => ({
  name: 'text',
  baseUrl,
  urlVariable: 'OPENAI_BASE_URL',
  // What stands there for none.
  apiKey: apiKey === 'none' ? undefined : apiKey,
  keyVariable: keyVariable('OPENAI_API_KEY', env),
  models: models.map(({ name }) => name),
  modelsVariable: 'OPENAI_MODELS',
  headers: env['OPENAI_CUSTOM_HEADERS'],
});
