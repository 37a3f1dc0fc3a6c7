import { nearestVariable } from '@exempla/rpc/client';
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

/** A server of OpenAI's kind, and what is asked of it. */
export interface Server {
  /** Of the check. */
  name: string;
  baseUrl: string;
  urlVariable: string;
  apiKey: string | undefined;
  keyVariable: string;
  models: readonly string[];
  modelsVariable: string;
  /** OPENAI_CUSTOM_HEADERS */
  headers: string | undefined;
}

/** Asks a server for its models: whether it is there, takes the key, and has those that are named. */
export async function checkServer(server: Server, signal: AbortSignal): Promise<Check[]> {
  const { apiKey } = server;
  const base = plainUrl(server.baseUrl);
  const { host } = new URL(base);
  const pages = PAGES[host] ?? { keysAt: '', creditAt: '' };
  const provider: Provider = { ...server, at: base, hasKey: apiKey !== undefined, ...pages };
  if (/[^\x21-\x7e]/.test(apiKey ?? '')) return [unfitKey(provider)];
  const headers = { ...(apiKey && { authorization: `Bearer ${apiKey}` }), ...customHeaders(server.headers) };
  const probe = await ask(`${base}/models`, headers, signal);
  if (!isAnswered(probe)) return [unreachable(provider, probe.error)];
  const refused = refusal(provider, probe);
  if (refused) return [refused];
  const listed = listedIn(probe);
  if (!listed) return [await strangerAt(provider, base, headers, signal)];
  // OpenRouter lists its models to anybody; of the key it tells elsewhere.
  const spent = host === 'openrouter.ai' ? keyOf(provider, await ask(`${base}/key`, headers, signal)) : undefined;
  if (spent) return [spent];
  return modelsOf(provider, server, listed, probe.ms);
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
  const says = `${at} is not an OpenAI-compatible API: it has no list of models`;
  const shorter = base.replace(/\/(?:chat\/completions|completions|models)$/, '');
  for (const candidate of new Set([shorter, `${shorter}/v1`, `${new URL(base).origin}/v1`])) {
    if (candidate === base) continue;
    const probe = await ask(`${candidate}/models`, headers, signal);
    if (isAnswered(probe) && (listedIn(probe) || (probe.json && [401, 403].includes(probe.status))))
      return fail(name, says, `${urlVariable}=${candidate}`);
  }
  return fail(name, says, `Correct ${urlVariable}; it usually ends in /v1`);
}

function keyOf(provider: Provider, probe: Probe): Check | undefined {
  if (!isAnswered(probe)) return unreachable(provider, probe.error);
  const { data } = (probe.json ?? {}) as { data?: { limit_remaining?: unknown } };
  const left = data?.limit_remaining;
  return typeof left === 'number' && left <= 0 ? noCredit(provider) : refusal(provider, probe);
}

function modelsOf(
  { name, at, hasKey }: Provider,
  { models, modelsVariable }: Server,
  listed: readonly Listed[],
  ms: number,
): Check[] {
  const ids = listed.map(({ id }) => id);
  const find = (model: string) => listed.find(({ id }) => id === model || id === `${model}:latest`);
  const missing = models
    .filter((model) => !find(model))
    .map((model) => fail(name, `${at} has no model "${model}"`, `${modelsVariable}=${suggestion(model, ids)}`));
  const ending = models.flatMap((model) => {
    const date = find(model)?.shutdown;
    return date
      ? [warn(name, `"${model}" is shut down on ${harmless(date)}`, `Name another one in ${modelsVariable}`)]
      : [];
  });
  if (missing.length > 0) return missing;
  const how = hasKey ? 'takes the key' : 'asks for no key';
  const count = `${ids.length} ${ids.length === 1 ? 'model' : 'models'}`;
  return [ok(name, `${at} ${how}, ${models.join(', ')} of ${count}, ${ms.toFixed(0)} ms`), ...ending];
}

const suggestion = (model: string, ids: readonly string[]): string =>
  ids.length === 0 ? 'MODEL, once the server has one' : harmless(nearestVariable(model, ids));
