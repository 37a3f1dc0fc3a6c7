import { Settings } from '@exempla/rpc';
import { readTextOptions } from '@exempla/text/settings';
import { type Check, fail, ok } from '../check.ts';
import { checkText } from './text.ts';

/** One cheap call to each provider that this environment names; without any nothing is asked. */
export async function checkProviders(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Check[]> {
  const text = await readTextOptions(new Settings('cli', env)).catch((error: Error) => error);
  if (text instanceof Error) return [fail('text', text.message, 'Correct it; the services do not start')];
  if (!text) return [ok('text', 'offline; a model writes with OPENAI_API_KEY=… (docs/providers.md)')];
  const checks = await Promise.all(text.upstreams.map((upstream) => checkText(upstream, env, signal)));
  return checks.flat();
}
