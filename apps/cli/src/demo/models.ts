import { Settings } from '@exempla/rpc/client';
import { readTextOptions } from '@exempla/text/settings';
import { ConfigError } from '../problems.ts';

/** The host at which each model is asked; empty where none is named, which is offline. */
export type Models = ReadonlyMap<string, string>;

/** The models that the environment names, in the order they are asked. Throws ConfigError. */
export async function modelsIn(env: NodeJS.ProcessEnv): Promise<Models> {
  const text = await readTextOptions(new Settings('cli', env)).catch((error: Error) => {
    throw new ConfigError(error.message, { cause: error });
  });
  const upstreams = text?.upstreams ?? [];
  return new Map(upstreams.flatMap(({ name: host, models }) => models.map(({ name }) => [name, host] as const)));
}

/** `first, second at host`; empty offline. */
export function modelLine(models: Models): string {
  const hosts = new Set(models.values());
  const namesAt = (host: string): string => [...models].flatMap(([name, at]) => (at === host ? [name] : [])).join(', ');
  return [...hosts].map((host) => `${namesAt(host)} at ${host}`).join('; ');
}
