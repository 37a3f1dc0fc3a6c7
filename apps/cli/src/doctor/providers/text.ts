import { nearestVariable } from '@exempla/rpc';
import type { TextUpstream } from '@exempla/text/settings';
import { harmless } from '../../terminal/text.ts';
import { type Check, fail, ok, warn } from '../check.ts';
import { type Answered, ask, type Probe } from './probe.ts';
import { isAnswered, noCredit, type Provider, refusal, unfitKey, unreachable } from './refusals.ts';

const PAGES: Readonly<Record<string, { keysAt: string; creditAt: string }>> = {
  'api.openai.com': {
    keysAt: 'https://platform.openai.com/api-keys',
    creditAt: 'https://platform.openai.com/settings/organization/billing',
  },
  'openrouter.ai': {
    keysAt: 'https://openrouter.ai/settings/keys',
    creditAt: 'https://openrouter.ai/settings/credits',
  },
};

/** Asks an upstream for its models: whether it is there, takes the key, and has those that are named. */
export async function checkText(upstream: TextUpstream, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Check[]> {
  const { baseUrl, apiKey } = upstream;
  const base = plainUrl(baseUrl);
  const provider = providerOf(base, upstream, env);
  if (/[^\x21-\x7e]/.test(apiKey)) return [unfitKey(provider)];
  const headers = { authorization: `Bearer ${apiKey}`, ...customHeaders(env['OPENAI_CUSTOM_HEADERS']) };
  const probe = await ask(`${base}/models`, headers, signal);
  if (!isAnswered(probe)) return [unreachable(provider, probe.error)];
  const refused = refusal(provider, probe);
  if (refused) return [refused];
  const listed = listedIn(probe);
  if (!listed) return [await strangerAt(provider, base, headers, signal)];
  // OpenRouter lists its models to anybody; of the key it tells elsewhere.
  const spent =
    upstream.name === 'openrouter.ai' ? keyOf(provider, await ask(`${base}/key`, headers, signal)) : undefined;
  if (spent) return [spent];
  return modelsOf(provider, upstream, listed, probe.ms);
}

function providerOf(base: string, { name, apiKey }: TextUpstream, env: NodeJS.ProcessEnv): Provider {
  const file = env['OPENAI_API_KEY'] ? undefined : env['OPENAI_API_KEY_FILE'];
  return {
    name: 'text',
    at: base,
    keyVariable: file ? `OPENAI_API_KEY_FILE (${file})` : 'OPENAI_API_KEY',
    hasKey: apiKey !== 'none',
    urlVariable: 'OPENAI_BASE_URL',
    ...(PAGES[name] ?? { keysAt: '', creditAt: '' }),
  };
}

function plainUrl(text: string): string {
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}

/** `Name: value`, one a line, as the `openai` package reads them. */
const customHeaders = (text = ''): Record<string, string> =>
  Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const at = line.indexOf(':');
      return at > 0 ? [[line.slice(0, at).trim(), line.slice(at + 1).trim()]] : [];
    }),
  );

interface Listed {
  id: string;
  shutdown?: string;
}

function listedIn({ status, json }: Answered): Listed[] | undefined {
  const { data } = (json ?? {}) as { data?: unknown };
  if (status !== 200 || !Array.isArray(data)) return undefined;
  return data.flatMap((one: { id?: unknown; shutdown_date?: unknown }) => {
    if (typeof one?.id !== 'string') return [];
    return [{ id: one.id, ...(typeof one.shutdown_date === 'string' && { shutdown: one.shutdown_date }) }];
  });
}

/** Something else answers there; perhaps the API is a step away. */
async function strangerAt(
  { name, at, urlVariable }: Provider,
  base: string,
  headers: Record<string, string>,
  signal: AbortSignal,
) {
  const says = `${at} is no API of OpenAI's kind: it has no list of models`;
  const shorter = base.replace(/\/(?:chat\/completions|completions|models)$/, '');
  for (const candidate of new Set([shorter, `${shorter}/v1`, `${new URL(base).origin}/v1`])) {
    if (candidate === base) continue;
    const probe = await ask(`${candidate}/models`, headers, signal);
    if (isAnswered(probe) && (listedIn(probe) || (probe.json && [401, 403].includes(probe.status))))
      return fail(name, says, `${urlVariable}=${candidate}`);
  }
  return fail(name, says, `Correct ${urlVariable}; it mostly ends with /v1`);
}

function keyOf(provider: Provider, probe: Probe): Check | undefined {
  if (!isAnswered(probe)) return unreachable(provider, probe.error);
  const { data } = (probe.json ?? {}) as { data?: { limit_remaining?: unknown } };
  const left = data?.limit_remaining;
  return typeof left === 'number' && left <= 0 ? noCredit(provider) : refusal(provider, probe);
}

function modelsOf({ name, at }: Provider, { models }: TextUpstream, listed: readonly Listed[], ms: number): Check[] {
  const ids = listed.map(({ id }) => id);
  const find = (model: string) => listed.find(({ id }) => id === model || id === `${model}:latest`);
  const missing = models
    .filter((model) => !find(model.name))
    .map((model) => fail(name, `${at} has no model "${model.name}"`, `OPENAI_MODELS=${suggestion(model.name, ids)}`));
  const ending = models.flatMap((model) => {
    const date = find(model.name)?.shutdown;
    return date
      ? [warn(name, `"${model.name}" is shut down on ${harmless(date)}`, 'Name another one in OPENAI_MODELS')]
      : [];
  });
  if (missing.length > 0) return missing;
  const names = models.map((model) => model.name).join(', ');
  return [
    ok(
      name,
      `${at} takes the key, ${names} of ${ids.length} ${ids.length === 1 ? 'model' : 'models'}, ${ms.toFixed(0)} ms`,
    ),
    ...ending,
  ];
}

const suggestion = (model: string, ids: readonly string[]): string =>
  ids.length === 0 ? 'MODEL, once the server has one' : harmless(nearestVariable(model, ids));
