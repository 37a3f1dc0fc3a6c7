import type { Settings } from '@exempla/rpc/client';
import { whole } from '../../terminal/text.ts';
import { type Check, fail, ok } from '../check.ts';
import { keyVariable } from './key-variable.ts';
import { type Answered, ask } from './probe.ts';
import { isAnswered, noCredit, type Provider, refusal, unfitKey, unreachable } from './refusals.ts';

const ELEVENLABS = 'https://api.elevenlabs.io';

/** Asks ElevenLabs how many characters may still be spoken; nothing when there is no key. */
export async function checkElevenLabs(
  settings: Settings,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Check[]> {
  const apiKey = await settings.secret('ELEVENLABS_API_KEY');
  const base = settings.text('ELEVENLABS_BASE_URL', ELEVENLABS).replace(/\/+$/, '');
  if (apiKey === undefined) return [];
  const provider: Provider = {
    name: 'elevenlabs',
    at: base,
    keyVariable: keyVariable('ELEVENLABS_API_KEY', env),
    hasKey: true,
    urlVariable: 'ELEVENLABS_BASE_URL',
    keysAt: 'https://elevenlabs.io/app/settings/api-keys',
    creditAt: 'https://elevenlabs.io/app/subscription',
  };
  if (/[^\x21-\x7e]/.test(apiKey)) return [unfitKey(provider)];
  const probe = await ask(`${base}/v1/user/subscription`, { 'xi-api-key': apiKey }, signal);
  return [isAnswered(probe) ? judge(provider, probe) : unreachable(provider, probe.error)];
}

function judge(provider: Provider, answer: Answered): Check {
  const { name, at } = provider;
  const { detail, ...facts } = (answer.json ?? {}) as { detail?: { status?: unknown } } & Record<string, unknown>;
  // A key for speech alone may not read how much is left.
  if (detail?.status === 'missing_permissions') return ok(name, `${at} knows the key; what is left it may not read`);
  if (detail?.status === 'quota_exceeded') return noCredit(provider);
  const refused = refusal(provider, answer);
  if (refused) return refused;
  const { character_count: used, character_limit: limit } = facts;
  if (typeof used !== 'number' || typeof limit !== 'number')
    return fail(name, `${at} is not ElevenLabs: it does not say what is left`, `Correct ${provider.urlVariable}`);
  if (used >= limit) return noCredit(provider);
  return ok(
    name,
    `${at} takes the key, ${whole(limit - used)} of ${whole(limit)} characters are left, ${answer.ms.toFixed(0)} ms`,
  );
}
