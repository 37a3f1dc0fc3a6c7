import { Settings } from '@exempla/rpc';
import { readTextOptions } from '@exempla/text/settings';
import { type Check, fail, ok } from '../check.ts';
import { checkElevenLabs } from './elevenlabs.ts';
import { checkText } from './text.ts';

/** One cheap call to each provider that this environment names; without any nothing is asked. */
export async function checkProviders(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Check[]> {
  const settings = new Settings('cli', env);
  const checks = await Promise.all([
    textChecks(settings, env, signal).catch(unusable('text')),
    checkElevenLabs(settings, signal).catch(unusable('elevenlabs')),
  ]);
  return checks.flat();

  function unusable(name: string) {
    return ({ message }: Error): Check[] => {
      signal.throwIfAborted();
      return [fail(name, message, 'Correct it; the services do not start')];
    };
  }
}

async function textChecks(settings: Settings, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Check[]> {
  const text = await readTextOptions(settings);
  if (!text) return [ok('text', 'offline; a model writes with OPENAI_API_KEY=… (docs/providers.md)')];
  const checks = await Promise.all(text.upstreams.map((upstream) => checkText(upstream, env, signal)));
  return checks.flat();
}
